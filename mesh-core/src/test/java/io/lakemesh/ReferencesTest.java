package io.lakemesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
    @TempDir
    Path home;

    private Map<String, String> resolve(String value) {
        Map<String, String> environment = Map.of("USER_NAME", "essex", "ODD", "a$1\\b${env:USER_NAME}");
        return new References(home, environment::get).resolve("catalog", Map.of("key", value));
    }

    @Test
    void putsVariablesAndFilesInTheirPlace() throws IOException {
        Files.writeString(home.resolve("pg"), "s3cret\n");

        assertThat(resolve("${env:USER_NAME}")).containsEntry("key", "essex");
        assertThat(resolve("${file:pg}")).containsEntry("key", "s3cret");
        assertThat(resolve("jdbc:x://${env:USER_NAME}/${env:USER_NAME}")).containsEntry("key", "jdbc:x://essex/essex");
    }

    @Test
    void takesAValueAsItIs() {
        assertThat(resolve("${env:ODD}")).containsEntry("key", "a$1\\b${env:USER_NAME}");
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> resolve("${env:NOT_THERE}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot use catalog.key of mesh.yaml: environment variable NOT_THERE is not set");
        assertThatThrownBy(() -> resolve("${file:not-there}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot use catalog.key of mesh.yaml: cannot read " + home.resolve("not-there"));
    }

    @ParameterizedTest
    @CsvSource({
        "password, hunter2",
        "secret-key, AKIA${env:X}",
        "master-key, hunter2",
        "jdbc.password, hunter2",
        "uri, jdbc:postgresql://h/db?user=u&password=hunter2",
        "uri, https://me:hunter2@host/",
        "uri, ${vault:x}"
    })
    void refusesSecretsThatStandInTheFile(String key, String value) {
        assertThat(References.problem(key, value)).isNotNull().doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "password, ${env:PGPASSWORD}",
        "token, ${file:token}",
        "uri, jdbc:postgresql://h/db?user=u",
        "uri, jdbc:postgresql://h/db?password=${env:PGPASSWORD}",
        "oauth2-server-uri, https://host/v1/oauth/tokens",
        "access-key, AKIA"
    })
    void takesWhatIsNoSecret(String key, String value) {
        assertThat(References.problem(key, value)).isNull();
    }
}
