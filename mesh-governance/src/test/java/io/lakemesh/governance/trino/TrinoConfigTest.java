package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrinoConfigTest {
    private static final String OPA = "http://127.0.0.1:8181";
    private static final Map<String, String> POSTGRES = Map.of(
            "type", "jdbc", "uri", "jdbc:postgresql://db/mesh", "user", "mesh", "password", "${file:secrets/pg}");

    @TempDir
    Path folder;

    private String written(TrinoConfig config, String file) throws IOException {
        assertThat(config.write(folder)).contains(folder.resolve(file));
        return Files.readString(folder.resolve(file));
    }

    @Test
    void asksOpaForEverythingInBatches() throws IOException {
        assertThat(written(TrinoConfig.of(OPA + "/"), "access-control.properties"))
                .isEqualTo(
                        """
                        access-control.name=opa
                        opa.policy.batch-column-masking-uri=http://127.0.0.1:8181/v1/data/lakemesh/trino/batchColumnMasks
                        opa.policy.batched-uri=http://127.0.0.1:8181/v1/data/lakemesh/trino/batch
                        opa.policy.row-filters-uri=http://127.0.0.1:8181/v1/data/lakemesh/trino/rowFilters
                        opa.policy.uri=http://127.0.0.1:8181/v1/data/lakemesh/trino/allow
                        """);
    }

    @Test
    void writesGroupsAsTrinosFileCanHoldThem() throws IOException {
        TrinoConfig config = TrinoConfig.of(OPA)
                .user("ada", Set.of("analysts", "purpose:statistics"))
                .user("o'b", Set.of("analysts", "force:a=b"));
        assertThat(written(config, "groups.txt"))
                .isEqualTo("analysts:ada,o'b\nforce=a=b:o'b\npurpose=statistics:ada\n");
        assertThat(Files.readString(folder.resolve("group-provider.properties")))
                .isEqualTo("file.group-file=" + folder.resolve("groups.txt") + "\ngroup-provider.name=file\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b:c", "a=b", "#a", " a", "a: b", "", "a\nb"})
    void refusesGroupsThatItsFileWouldChange(String group) {
        TrinoConfig config = TrinoConfig.of(OPA).user("ada", Set.of(group));
        assertThatThrownBy(() -> config.write(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Invalid group");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", " a", "a\nb:c"})
    void refusesUsersThatItsFileWouldChange(String user) {
        TrinoConfig config = TrinoConfig.of(OPA).user(user, Set.of("analysts"));
        assertThatThrownBy(() -> config.write(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Invalid user");
    }

    @Test
    void readsUsersFromAFile() throws IOException {
        Path users =
                Files.writeString(folder.resolve("users.yaml"), "ada: [analysts, \"purpose:statistics\"]\nbo: []\n");
        assertThat(written(TrinoConfig.of(OPA).users(users), "groups.txt"))
                .isEqualTo("analysts:ada\npurpose=statistics:ada\n");
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "ada: analysts\n");
        assertThatThrownBy(() -> TrinoConfig.of(OPA).users(wrong))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a list of groups");
    }

    @Test
    void makesACatalogThatWritesNothingAndHoldsNoSecret() throws IOException {
        TrinoConfig config = TrinoConfig.of(OPA)
                .catalog(
                        "lake",
                        POSTGRES,
                        Map.of("location", "s3://mesh/tables", "secret-key", "${env:S3_KEY}", "path-style", "true"));
        assertThat(written(config, "catalog/lake.properties"))
                .contains("iceberg.security=read_only\n", "iceberg.table-statistics-enabled=false\n")
                .contains("iceberg.jdbc-catalog.connection-url=jdbc:postgresql://db/mesh\n")
                .contains("s3.aws-secret-key=${ENV:S3_KEY}\n", "s3.path-style-access=true\n")
                .contains("connection-password=${ENV:ICEBERG_JDBC_CATALOG_CONNECTION_PASSWORD}\n")
                .doesNotContain("file:");
        assertThat(config.environment()).containsExactly("ICEBERG_JDBC_CATALOG_CONNECTION_PASSWORD", "S3_KEY");
    }

    @Test
    void makesACatalogOfARestCatalog() throws IOException {
        TrinoConfig config = TrinoConfig.of(OPA)
                .catalog(
                        "lake",
                        Map.of("type", "rest", "uri", "https://rest", "token", "${env:TOKEN}"),
                        Map.of("location", "/mesh"));
        assertThat(written(config, "catalog/lake.properties"))
                .contains("iceberg.rest-catalog.uri=https://rest\n", "iceberg.rest-catalog.security=OAUTH2\n")
                .contains("iceberg.rest-catalog.oauth2.token=${ENV:TOKEN}\n", "fs.hadoop.enabled=true\n");
    }

    @Test
    void refusesWhatTrinoCannotUse() {
        Map<String, String> sqlite = Map.of("type", "jdbc", "uri", "jdbc:sqlite:x");
        TrinoConfig config = TrinoConfig.of(OPA);
        assertThatThrownBy(() -> config.catalog("lake", sqlite, Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("PostgreSQL or REST");
        assertThatThrownBy(() -> config.catalog("../x", POSTGRES, Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Invalid name of a catalog");
        assertThatThrownBy(() -> TrinoConfig.of("127.0.0.1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Invalid policy url");
    }
}
