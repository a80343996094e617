package io.lakemesh.governance.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.policy.Subject;
import io.lakemesh.testkit.ProductFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as Open Policy Agent 1.22 prints them; those of a real one are read by {@code AuditedTrinoTest}. */
class OpaDecisionLogTest {
    private static final ProductAddress PRODUCT = new ProductAddress("essex", "searches");
    private static final String TABLE =
            "\"table\":{\"catalogName\":\"lake\",\"schemaName\":\"essex\",\"tableName\":\"searches_v1\"";
    private static final String COLUMN = "{\"column\":{\"catalogName\":\"lake\",\"schemaName\":\"essex\","
            + "\"tableName\":\"searches_v1\",\"columnName\":\"%s\",\"columnType\":\"varchar\"}}";

    @TempDir
    Path folder;

    private List<AuditRecord> read(String... lines) {
        Path file = ProductFiles.write(folder.resolve("opa.jsonl"), String.join("\n", lines));
        return OpaDecisionLog.read(
                file, table -> table.toString().equals("essex.searches_v1") ? Optional.of(PRODUCT) : Optional.empty());
    }

    private static String line(String id, String path, String action, String result) {
        return "{\"bundles\":{\"mesh\":{\"revision\":\"5f1c\"}},\"decision_id\":\"" + id
                + "\",\"input\":{\"action\":" + action
                + ",\"context\":{\"identity\":{\"groups\":[\"analysts\",\"purpose=statistics\",\"unit:a=b\",\"=odd\"],\"user\":\"ada\"},"
                + "\"queryId\":\"20261126_1\",\"softwareStack\":{\"trinoVersion\":\"476\"}}},\"level\":\"info\","
                + "\"msg\":\"Decision Log\",\"path\":\"lakemesh/trino/" + path + "\"," + result
                + "\"timestamp\":\"2026-11-26T19:50:41.238525486Z\"}";
    }

    private static String select(String id, String result) {
        return line(
                id,
                "allow",
                "{\"operation\":\"SelectFromColumns\",\"resource\":{" + TABLE + ",\"columns\":[\"town\",\"id\"]}}}",
                result);
    }

    @Test
    void aReadIsWhetherColumnsMayBeReadWhichRowsAndWhichMasks() {
        List<AuditRecord> records = read(
                "{\"level\":\"info\",\"msg\":\"Initializing server.\"}",
                select("a", "\"result\":true,"),
                "",
                line("b", "allow", "{\"operation\":\"ExecuteQuery\"}", "\"result\":true,"),
                line(
                        "c",
                        "rowFilters",
                        "{\"operation\":\"GetRowFilters\",\"resource\":{" + TABLE + "}}}",
                        "\"result\":[{\"expression\":\"town = 'Bath'\"},{\"expression\":\"id > 1\"}],"),
                line(
                        "d",
                        "batchColumnMasks",
                        "{\"operation\":\"GetColumnMask\",\"filterResources\":[" + COLUMN.formatted("town") + ","
                                + COLUMN.formatted("id") + "]}",
                        "\"result\":[{\"index\":1,\"viewExpression\":{\"expression\":\"NULL\"}}],"));

        assertThat(records).extracting(AuditRecord::id).containsExactly("a", "c", "d");
        assertThat(records).allMatch(AuditRecord::granted);
        AuditRecord first = records.get(0);
        assertThat(first)
                .isEqualTo(AuditRecord.granted(Action.QUERY)
                        .subject(Subject.of("ada", "analysts", "purpose:statistics", "unit:a=b", "=odd"))
                        .product(PRODUCT)
                        .table("essex.searches_v1")
                        .columns(List.of("town", "id"))
                        .policy("5f1c")
                        .reference("20261126_1")
                        .build("a", Instant.parse("2026-11-26T19:50:41.238525Z"), "open-policy-agent"));
        assertThat(records.get(1).filter()).isEqualTo("(town = 'Bath') AND (id > 1)");
        assertThat(records.get(2).columns()).containsExactly("town", "id");
        assertThat(records.get(2).masks()).isEqualTo(Map.of("id", "NULL"));
    }

    @Test
    void whatIsNotAllowedIsADenialAndSoIsNoAnswer() {
        List<AuditRecord> records = read(
                select("a", "\"result\":false,"),
                select("b", ""),
                line(
                        "c",
                        "rowFilters",
                        "{\"operation\":\"GetRowFilters\",\"resource\":{" + TABLE + "}}}",
                        "\"result\":[{\"expression\":\"false\"}],"),
                line(
                        "d",
                        "batchColumnMasks",
                        "{\"operation\":\"GetColumnMask\",\"filterResources\":[" + COLUMN.formatted("town") + "]}",
                        "\"result\":[{\"index\":0,\"viewExpression\":{\"expression\":\"NULL\"}}],"),
                line(
                        "e",
                        "batchColumnMasks",
                        "{\"operation\":\"GetColumnMask\",\"filterResources\":[" + COLUMN.formatted("town") + ","
                                + COLUMN.formatted("$path") + "]}",
                        "\"result\":[{\"index\":0,\"viewExpression\":{\"expression\":\"NULL\"}}],"));
        assertThat(records).hasSize(5).noneMatch(AuditRecord::granted);
        assertThat(records).extracting(AuditRecord::reason).doesNotContainNull();
    }

    @Test
    void tellsEveryLineThatIsWrongWithItsPlace() {
        String good = select("a", "\"result\":true,");
        assertThatThrownBy(() -> read(good, "{\"msg\":", good, "time=1 msg=text"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "opa.jsonl:2:1: this is no line of Open Policy Agent's decision log: it is not JSON")
                .hasMessageContaining("opa.jsonl:4:1: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"decision_id\":\"a\",",
                "\"user\":\"ada\"",
                "\"timestamp\":\"2026-11-26T19:50:41.238525486Z\"",
                ",\"tableName\":\"searches_v1\"",
                "\"path\":\"lakemesh/trino/allow\","
            })
    void aDecisionThatLacksSomethingIsWrong(String part) {
        String whole = select("a", "\"result\":true,");
        assertThat(whole).contains(part);
        String lacking = whole.replace(part, part.endsWith(",") || part.startsWith(",") ? "" : "\"x\":\"y\"");
        assertThatThrownBy(() -> read(lacking))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("opa.jsonl:1:1: this is no line of Open Policy Agent's decision log: it has no ");
    }

    @Test
    void aMaskOfAColumnThatWasNotAskedForIsWrong() {
        assertThatThrownBy(() -> read(line(
                        "d",
                        "batchColumnMasks",
                        "{\"operation\":\"GetColumnMask\",\"filterResources\":[" + COLUMN.formatted("town") + "]}",
                        "\"result\":[{\"index\":1,\"viewExpression\":{\"expression\":\"NULL\"}}],")))
                .hasMessageContaining("its masks are of columns that were not asked for");
    }
}
