package io.lakemesh.governance.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.MeshException;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.policytest.EnforcementPoint;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.TablePolicies;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A place that enforces something else than the policy is told, and never taken for one that denies. */
class OpaPointsTest {
    private static final TableSchema SCHEMA = new TableSchema(
            List.of(Field.optional(1, "region", Primitive.STRING), Field.optional(2, "born", Primitive.DATE)),
            List.of());
    private static final TablePolicy POLICY = TablePolicies.policy(
            SCHEMA,
            TablePolicies.grant(
                    SCHEMA,
                    "analyst",
                    List.of("analysts"),
                    List.of("region = subject.region"),
                    Map.of("born", Mask.parse("month"))),
            TablePolicies.grant(SCHEMA, "steward", List.of("stewards"), List.of(), Map.of()));
    private static final Subject ADA = Subject.of("ada", "analysts", "region:it's");
    private static final String FILTERS = "[{\"expression\": \"(\\\"region\\\" IN ('it''s'))\"}]";
    private static final String MASKS =
            "[{\"index\": 1, \"viewExpression\": {\"expression\": \"date_trunc('month', \\\"born\\\")\"}}]";

    private final MockWebServer server = new MockWebServer();
    private final Map<String, String> answers = new HashMap<>(Map.of(
            "policy/tables/shop/sales/digest", "{\"result\": \"" + POLICY.digest() + "\"}",
            "trino/allow", "{\"result\": true}",
            "trino/rowFilters", "{\"result\": " + FILTERS + "}",
            "trino/batchColumnMasks", "{\"result\": " + MASKS + "}",
            "decision/native", "{\"result\": {\"granted\": false, \"reason\": \"no\"}}"));
    private OpaPoints points;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String rule = request.getUrl().encodedPath().replace("/v1/data/lakemesh/", "");
                String answer = answers.get(rule);
                return answer == null
                        ? new MockResponse.Builder().code(500).build()
                        : new MockResponse.Builder().body(answer).build();
            }
        });
        server.start();
        points = new OpaPoints(server.url("/").toString(), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        points.close();
        server.close();
    }

    @Test
    void readsTheRoleFromWhatTrinoIsTold() {
        assertThat(points.trino("lake").decide(ADA, POLICY)).isEqualTo(POLICY.decide(ADA));

        answers.put("trino/rowFilters", "{\"result\": []}");
        answers.put("trino/batchColumnMasks", "{\"result\": []}");
        assertThat(points.trino("lake").decide(ADA, POLICY))
                .isInstanceOfSatisfying(Decision.Granted.class, granted -> assertThat(granted.role())
                        .isEqualTo("steward"));

        answers.put("trino/allow", "{\"result\": false}");
        assertThat(points.trino("lake").decide(ADA, POLICY)).isInstanceOf(Decision.Denied.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "trino/rowFilters | [] | row filters [] and not [(\"region\" IN ('it''s'))]",
                "trino/batchColumnMasks | [] | born as clear and not as date_trunc('month', \"born\")",
                "trino/batchColumnMasks | [{\"index\": 1, \"viewExpression\": {\"expression\": \"NULL\"}}] | born as NULL and not",
                "trino/batchColumnMasks | [{\"index\": 1, \"viewExpression\": {}}] | gave no answer: its answer is not well-formed",
                "trino/batchColumnMasks | [{\"index\": 7, \"viewExpression\": {\"expression\": \"NULL\"}}] | gave no answer: its answer is not well-formed",
                "trino/rowFilters | 7 | gave no answer: its answer is not well-formed",
                "policy/tables/shop/sales/digest | \"d\" | holds another revision of the policy of shop.sales; 'mesh policy push'",
            })
    void tellsWhatIsNotThePolicys(String rule, String answer, String reason) {
        answers.put(rule, "{\"result\": " + answer + "}");

        assertUntold(points.trino("lake"), reason);
    }

    @ParameterizedTest
    @CsvSource({"trino/allow", "trino/rowFilters", "trino/batchColumnMasks"})
    void anUndefinedAnswerIsNone(String rule) {
        answers.put(rule, "{}");

        assertUntold(points.trino("lake"), "has no answer to Trino's question " + rule.replace("trino/", ""));
    }

    @Test
    void anOpaThatFailsDeniesNobody() {
        for (EnforcementPoint point : List.of(points.reader(), points.trino("lake"))) {
            String digest = answers.replace("policy/tables/shop/sales/digest", "{}");
            assertUntold(point, "holds no policy of shop.sales");
            answers.remove("policy/tables/shop/sales/digest");
            assertUntold(point, "gave no answer: it answered with status 500");
            answers.put("policy/tables/shop/sales/digest", String.valueOf(digest));
        }
        assertThat(points.reader().decide(ADA, POLICY)).isEqualTo(new Decision.Denied("no"));
        answers.remove("decision/native");
        assertUntold(points.reader(), "did not grant it: it answered with status 500");
        server.close();
        assertUntold(points.reader(), "cannot be reached in time");
        assertUntold(points.trino("lake"), "cannot be reached in time");
    }

    private static void assertUntold(EnforcementPoint point, String reason) {
        assertThatThrownBy(() -> point.decide(ADA, POLICY))
                .as(point.name())
                .isInstanceOf(MeshException.class)
                .hasMessageContaining(reason);
    }
}
