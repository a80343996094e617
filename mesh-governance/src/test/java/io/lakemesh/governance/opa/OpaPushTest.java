package io.lakemesh.governance.opa;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.testkit.TablePolicies;
import io.lakemesh.testkit.server.OpaServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class OpaPushTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final TablePolicy POLICY = TablePolicies.oneOfMany(0, 2);

    @TempDir
    Path folder;

    @Test
    void removesTheRegoThatTheGovernanceGroupTookAway() throws IOException, InterruptedException {
        Path frozen = rego("frozen.rego", "deny contains \"frozen\" if input.context.identity.user == \"ada\"");
        Path rule = rego("old rule.rego", "deny contains \"old\" if input.context.identity.user == \"bob\"");
        try (OpaServer opa = OpaServer.start()) {
            put(opa, "theirs/own.rego", "package theirs\n\nx := 1\n");
            push(opa, frozen, rule);
            assertThat(isGranted(opa, "ada")).isFalse();
            assertThat(isGranted(opa, "bob")).isFalse();
            assertThat(isGranted(opa, "cy")).isTrue();

            push(opa, rule);
            assertThat(isGranted(opa, "ada")).isTrue();
            assertThat(isGranted(opa, "bob")).isFalse();

            push(opa);
            assertThat(isGranted(opa, "bob")).isTrue();
            assertThat(policies(opa))
                    .contains("\"theirs/own.rego\"", "\"lakemesh/trino.rego\"")
                    .doesNotContain("\"governance/");
        }
    }

    private Path rego(String name, String rule) throws IOException {
        return Files.writeString(folder.resolve(name), "package governance\n\n" + rule + "\n");
    }

    private static void push(OpaServer opa, Path... rego) {
        new OpaPush(opa.url(), TIMEOUT)
                .push(OpaBundle.build(OpaPolicyDeciderTest.governed(POLICY), List.of("lake"), List.of(rego)));
    }

    private static boolean isGranted(OpaServer opa, String user) {
        try (OpaPolicyDecider decider = new OpaPolicyDecider(opa.url(), TIMEOUT)) {
            return decider.decide(Subject.of(user, "group-1"), POLICY) instanceof Decision.Granted;
        }
    }

    private static void put(OpaServer opa, String name, String rego) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(opa.url() + "/v1/policies/" + name))
                .PUT(HttpRequest.BodyPublishers.ofString(rego))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private static String policies(OpaServer opa) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(opa.url() + "/v1/policies")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
