package io.lakemesh.governance.opa;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.TablePolicies;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever OPA's place answers with, only a well-formed grant by the policy in force is one. */
class OpaFailsClosedTest {
    private static final TableSchema SCHEMA =
            new TableSchema(List.of(Field.optional(1, "name", Primitive.STRING)), List.of());
    private static final TablePolicy POLICY = TablePolicies.policy(
            SCHEMA,
            TablePolicies.grant(SCHEMA, "analyst", List.of("analysts"), List.of(), Map.of("name", Mask.Plain.NULL)),
            TablePolicies.grant(SCHEMA, "steward", List.of("stewards"), List.of(), Map.of()));
    private static final Subject ADA = Subject.of("ada", "analysts");

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OpaPolicyDecider decider() {
        return new OpaPolicyDecider(server.url("/").toString(), Duration.ofMillis(500));
    }

    private Decision answeredWith(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
        try (OpaPolicyDecider decider = decider()) {
            return decider.decide(ADA, POLICY);
        }
    }

    private static String granted(String role, String digest) {
        return "{\"result\": {\"granted\": true, \"role\": \"" + role + "\", \"digest\": \"" + digest + "\"}}";
    }

    @Test
    void grantsWhatIsWellFormed() {
        assertThat(answeredWith(granted("analyst", POLICY.digest()))).isEqualTo(POLICY.decide(ADA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "not json",
                "{\"result\": null}",
                "{\"result\": true}",
                "{\"result\": {}}",
                "{\"result\": {\"granted\": \"true\", \"role\": \"analyst\"}}",
                "{\"result\": {\"granted\": 1}}",
                "{\"result\": {\"granted\": true}}",
                "{\"result\": {\"granted\": true, \"role\": \"analyst\"}}",
                "{\"result\": {\"granted\": false}, \"result\": {\"granted\": true}}"
            })
    void deniesWhatIsNoAnswer(String body) {
        assertDenied(answeredWith(body));
    }

    @Test
    void deniesAnotherRevision() {
        assertThat(assertDenied(answeredWith(granted("analyst", "0".repeat(64)))))
                .contains("another revision", "mesh policy push");
    }

    @Test
    void deniesARoleThatThePolicyDoesNotHaveOrGivesOthers() {
        assertDenied(answeredWith(granted("owner", POLICY.digest())));
        assertDenied(answeredWith(granted("steward", POLICY.digest())));
    }

    @Test
    void deniesAnAnswerWithAnUnknownField() {
        String answer = granted("analyst", POLICY.digest()).replace("}}", ", \"filters\": []}}");
        assertDenied(answeredWith(answer));
    }

    @Test
    void deniesAnAnswerThatDoesNotEnd() {
        assertDenied(answeredWith("{\"result\": {\"granted\": true, \"reason\": \"" + "x".repeat(1 << 20)));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 400, 401, 404, 500, 503})
    void deniesAnotherStatus(int status) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Location", "http://127.0.0.1:1/")
                .body(status == 204 ? "" : granted("analyst", POLICY.digest()))
                .build());
        try (OpaPolicyDecider decider = decider()) {
            assertThat(assertDenied(decider.decide(ADA, POLICY))).contains("status " + status);
        }
    }

    @Test
    void deniesAnAnswerThatComesTooLate() {
        server.enqueue(new MockResponse.Builder()
                .headersDelay(5, TimeUnit.SECONDS)
                .body(granted("analyst", POLICY.digest()))
                .build());
        try (OpaPolicyDecider decider = decider()) {
            assertThat(assertDenied(decider.decide(ADA, POLICY))).contains("in time");
        }
    }

    @Test
    void deniesWhatIsOutOfReach() {
        try (OpaPolicyDecider decider = decider()) {
            server.close();
            assertThat(assertDenied(decider.decide(ADA, POLICY))).contains("cannot be reached");
        }
    }

    @Test
    void asksOnceForWhatWasGrantedAndAgainForWhatWasDenied() {
        server.enqueue(new MockResponse.Builder().code(500).build());
        server.enqueue(new MockResponse.Builder()
                .body(granted("analyst", POLICY.digest()))
                .build());
        try (OpaPolicyDecider decider = decider()) {
            assertDenied(decider.decide(ADA, POLICY));
            assertThat(decider.decide(ADA, POLICY)).isInstanceOf(Decision.Granted.class);
            assertThat(decider.decide(ADA, POLICY)).isInstanceOf(Decision.Granted.class);
            assertThat(server.getRequestCount()).isEqualTo(2);
        }
    }

    private static String assertDenied(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Denied.class);
        return ((Decision.Denied) decision).reason();
    }
}
