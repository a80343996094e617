package io.lakemesh.check;

import static io.lakemesh.check.Contracts.column;
import static io.lakemesh.check.Contracts.metric;
import static io.lakemesh.check.Contracts.read;
import static io.lakemesh.check.Contracts.required;
import static io.lakemesh.check.Contracts.table;
import static io.lakemesh.check.Contracts.threshold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RawColumn;
import io.lakemesh.check.CheckResult.Outcome;
import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.contract.Rule.Terms.OnFailure;
import io.lakemesh.contract.Rule.Threshold.Operator;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType.Primitive;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class TableCheckTest {
    private static final TableContract SEARCHES = table(List.of(
            required("id", Primitive.LONG),
            column("age", Primitive.INT),
            read("Object of search", column("object", Primitive.STRING), "N/A")));

    @TempDir
    Path folder;

    private CheckedRun run(TableContract contract) {
        return new CheckedRun(contract, CheckContext.of(folder.resolve("spill"), Instant.EPOCH));
    }

    private static List<String[]> rows(String[]... rows) {
        return List.of(rows);
    }

    private static String[] row(String... values) {
        return values;
    }

    @Test
    void publishesRowsThatConform() {
        try (CheckedRun run = run(SEARCHES)) {
            run.text(
                    List.of("id", "AGE", "Object of search"),
                    rows(row("1", " 34 ", "Drugs"), row("2", null, "N/A")),
                    10);

            TableReport report = run.finish();

            assertThat(run.good)
                    .extracting(row -> row.values())
                    .containsExactly(values(1L, 34, "Drugs"), values(2L, null, null));
            assertThat(report.rows()).isEqualTo(new RowCounts(2, 2, 0, 0));
            assertThat(report.refuses()).isFalse();
        }
    }

    private static List<Object> values(Object... values) {
        return java.util.Arrays.asList(values);
    }

    @Test
    void setsRowsAsideWithEveryReasonAndTheRawRecord() {
        try (CheckedRun run = run(SEARCHES)) {
            run.text(
                    List.of("id", "age", "Object of search"), rows(row(null, "old", "Drugs"), row("7", "1", null)), 10);

            TableReport report = run.finish();

            assertThat(run.bad).hasSize(1);
            QuarantinedRow bad = run.bad.get(0);
            assertThat(bad.file()).isEqualTo("input.csv");
            assertThat(bad.line()).isEqualTo(2);
            assertThat(bad.record()).isEqualTo(Map.of("age", "old", "Object of search", "Drugs"));
            assertThat(bad.reasons())
                    .containsExactly(
                            new QuarantinedRow.Reason("id.required", "id", "no value, but one is required"),
                            new QuarantinedRow.Reason("age.type", "age", "not a valid integer of 32 bits"));
            assertThat(report.rows()).isEqualTo(new RowCounts(2, 1, 1, 0));
            assertThat(report.reasons()).isEqualTo(Map.of("id.required", 1L, "age.type", 1L));
        }
    }

    @Test
    void setsMalformedRowsAsideWithoutTheirCells() {
        try (CheckedRun run = run(SEARCHES)) {
            RawBatch raw = new RawBatch();
            raw.startFile("broken.csv", List.of("id"), new RawColumn[] {new RawColumn.Text()});
            raw.addMalformed(5, "has 2 fields, the header has 1");
            run.add(raw);

            TableReport report = run.finish();

            assertThat(run.bad)
                    .containsExactly(new QuarantinedRow(
                            "broken.csv",
                            5,
                            Map.of(),
                            List.of(new QuarantinedRow.Reason(
                                    "row.malformed", null, "has 2 fields, the header has 1"))));
            assertThat(report.rows()).isEqualTo(new RowCounts(1, 0, 1, 0));
        }
    }

    @Test
    void withholdsEverythingIfARuleFails() {
        TableContract contract = table(
                List.of(column("id", Primitive.LONG)),
                metric(
                        "enough",
                        new Measure.RowCount(),
                        threshold(Operator.MUST_BE_GREATER_THAN, 2),
                        OnFailure.REFUSE));
        try (CheckedRun run = run(contract)) {
            run.text(List.of("id"), rows(row("1"), row("2"), row("x")), 10);

            TableReport report = run.finish();

            assertThat(report.refuses()).isTrue();
            assertThat(report.rows()).isEqualTo(new RowCounts(3, 0, 1, 2));
            assertThat(report.checks().get(0).value()).isEqualByComparingTo("2");
            assertThat(report.checks().get(0).expected()).isEqualTo("> 2.0 rows");
        }
    }

    @Test
    void refusesIfTooMuchIsQuarantined() {
        TableContract contract = table(List.of(column("id", Primitive.LONG)), 0.2);
        try (CheckedRun run = run(contract)) {
            run.text(List.of("id"), rows(row("1"), row("2"), row("x")), 10);

            TableReport report = run.finish();

            CheckResult share = report.checks().get(0);
            assertThat(share.id()).isEqualTo("maxQuarantined");
            assertThat(share.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(share.expected()).isEqualTo("<= 0.2");
            assertThat(report.rows()).isEqualTo(new RowCounts(3, 0, 1, 2));
        }
    }

    @Test
    void refusesAFileWithoutARequiredColumn() {
        try (CheckedRun run = run(SEARCHES)) {
            assertThatThrownBy(() -> run.text(List.of("idd", "age"), rows(row("1", "2")), 10))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("Cannot map input.csv: no column 'id'; did you mean 'idd'? (required); found idd, age");
        }
    }

    @Test
    void notesIgnoredColumns() {
        try (CheckedRun run = run(SEARCHES)) {
            run.text(List.of("id", "secret"), rows(row("x", "personal")), 10);

            assertThat(run.check.notes())
                    .containsExactly("columns that the contract does not name are ignored: secret");
            assertThat(run.bad.get(0).record()).containsOnlyKeys("id");
        }
    }

    @Test
    void refusesASchemaOfOtherColumns() {
        assertThatThrownBy(() -> new TableCheck(
                        SEARCHES,
                        table(List.of(column("id", Primitive.LONG))).schema(),
                        CheckContext.of(folder, Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid schema: [id] are not the columns of searches, [id, age, object]");
    }
}
