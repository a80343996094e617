package io.lakemesh.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.health.Finding;
import io.lakemesh.testkit.server.TrinoServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TrinoHealthTest {
    @Test
    @Tag("server")
    void aTrinoThatAnswersIsWell() {
        List<Finding> findings = check(TrinoServer.shared().url());

        assertThat(findings).extracting(Finding::subject).containsExactly("trino query", "trino clock");
        assertThat(findings).allMatch(Finding::well);
        assertThat(findings.get(0).message()).isEqualTo("Trino 476");
    }

    @Test
    void aTrinoThatIsNotThereIsNamed() {
        assertThat(check("jdbc:trino://127.0.0.1:1")).singleElement().satisfies(finding -> {
            assertThat(finding.well()).isFalse();
            assertThat(finding.message()).contains("cannot reach Trino at 127.0.0.1:1");
        });
    }

    @Test
    void aMeshWithoutTrinoIsNotLookedAt() {
        assertThat(new TrinoHealth().check(Map.of())).isEmpty();
    }

    private static List<Finding> check(String url) {
        return new TrinoHealth().check(Map.of("trino", Map.of("url", url)));
    }
}
