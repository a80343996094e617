package io.lakemesh.check;

import static io.lakemesh.check.Contracts.column;
import static io.lakemesh.check.Contracts.metric;
import static io.lakemesh.check.Contracts.percent;
import static io.lakemesh.check.Contracts.table;
import static io.lakemesh.check.Contracts.threshold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.check.CheckResult.Outcome;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Limits;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.contract.Rule.ServiceLevel.Level;
import io.lakemesh.contract.Rule.Terms.OnFailure;
import io.lakemesh.contract.Rule.Threshold.Operator;
import io.lakemesh.contract.TableContract;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.TableSchema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class RulesTest {
    private static final List<ColumnContract> COLUMNS = List.of(
            column("id", Primitive.LONG), column("kind", Primitive.STRING), column("seen", Primitive.TIMESTAMPTZ));
    private static final List<String> NAMES = List.of("id", "kind", "seen");
    private static final Instant NOW = Instant.parse("2024-02-01T00:00:00Z");

    @TempDir
    Path folder;

    private CheckContext context() {
        return CheckContext.of(folder.resolve("spill"), NOW);
    }

    private static String[] row(String... values) {
        return values;
    }

    private static final List<String[]> ROWS = List.of(
            row("1", "a", "2024-01-01T00:00:00Z"),
            row("2", "b", "2024-01-31T00:00:00Z"),
            row("2", "-", null),
            row("3", null, null),
            row("1", "a", null),
            row("1", "c", null));

    private TableReport judge(CheckContext context, Rule... rules) {
        try (CheckedRun run = new CheckedRun(table(COLUMNS, rules), context)) {
            return run.text(NAMES, ROWS, 2).finish();
        }
    }

    private BigDecimal measured(Measure measure) {
        Rule rule = metric("rule", measure, threshold(Operator.MUST_BE, 0), OnFailure.WARN);
        return judge(context(), rule).checks().get(0).value();
    }

    @Test
    void measuresEveryMetric() {
        TableSchema schema = table(COLUMNS).schema();
        assertThat(measured(new Measure.RowCount())).isEqualByComparingTo("6");
        assertThat(measured(new Measure.NullValues("kind"))).isEqualByComparingTo("1");
        assertThat(measured(new Measure.MissingValues("kind", Set.of("-", "?"))))
                .isEqualByComparingTo("2");
        assertThat(measured(new Measure.MissingValues("id", Set.of("3", "x")))).isEqualByComparingTo("1");
        assertThat(measured(new Measure.InvalidValues("kind", Set.of("a", "b"), null, Limits.NONE)))
                .isEqualByComparingTo("2");
        assertThat(measured(new Measure.InvalidValues("kind", null, "^[a-z]$", Limits.NONE)))
                .isEqualByComparingTo("1");
        assertThat(measured(new Measure.InvalidValues("kind", Set.of("a", "-"), "[a-z]", Limits.NONE)))
                .isEqualByComparingTo("3");
        assertThat(measured(new Measure.InvalidValues(
                        "id",
                        null,
                        null,
                        new Limits(2L, null, null, null, null, null, null, null, null, false, List.of()))))
                .isEqualByComparingTo("3");
        assertThat(measured(new Measure.DuplicateValues(List.of("id")))).isEqualByComparingTo("3");
        assertThat(measured(new Measure.DuplicateValues(List.of("kind", "id")))).isEqualByComparingTo("1");
        assertThat(measured(new Measure.RowsWhere(Predicates.parse("id = 1 AND kind <> 'c'", schema))))
                .isEqualByComparingTo("2");
    }

    @Test
    void warnsOrRefusesByTheRulesTerms() {
        Measure nulls = new Measure.NullValues("kind");
        TableReport report = judge(
                context(),
                metric("warned", nulls, percent(Operator.MUST_BE_LESS_THAN, 10), OnFailure.WARN),
                metric("refused", nulls, percent(Operator.MUST_BE_LESS_THAN, 10), OnFailure.REFUSE),
                metric("held", nulls, percent(Operator.MUST_BE_LESS_THAN, 20), OnFailure.REFUSE));

        assertThat(report.checks())
                .extracting(CheckResult::outcome)
                .containsExactly(Outcome.WARNED, Outcome.FAILED, Outcome.PASSED, Outcome.PASSED);
        assertThat(report.rows()).isEqualTo(new RowCounts(6, 0, 0, 6));
    }

    @Test
    void setsAsideAtOnceWhatARuleAllowsNone() {
        Rule rule = metric(
                "kinds",
                new Measure.InvalidValues("kind", Set.of("a", "b"), null, Limits.NONE),
                threshold(Operator.MUST_BE, 0),
                OnFailure.QUARANTINE);
        try (CheckedRun run = new CheckedRun(table(COLUMNS, rule), context())) {
            TableReport report = run.text(NAMES, ROWS, 2).finish();

            assertThat(run.bad).extracting(QuarantinedRow::line).containsExactly(4L, 7L);
            assertThat(report.reasons()).isEqualTo(Map.of("kinds", 2L));
            assertThat(report.checks().get(0).outcome()).isEqualTo(Outcome.PASSED);
            assertThat(report.rows()).isEqualTo(new RowCounts(6, 4, 2, 0));
        }
    }

    @Test
    void setsAsideTheLaterCopiesOfDuplicates() {
        Rule rule = metric(
                "ids",
                new Measure.DuplicateValues(List.of("id")),
                threshold(Operator.MUST_BE, 0),
                OnFailure.QUARANTINE);
        Rule count = metric("rows", new Measure.RowCount(), threshold(Operator.MUST_BE, 3), OnFailure.REFUSE);
        try (CheckedRun run = new CheckedRun(table(COLUMNS, rule, count), context())) {
            TableReport report = run.text(NAMES, ROWS, 2).finish();

            assertThat(run.bad).extracting(QuarantinedRow::line).containsExactly(4L, 6L, 7L);
            assertThat(run.bad.get(0).record()).isEqualTo(Map.of("id", "2", "kind", "-"));
            assertThat(run.bad.get(0).file()).isEqualTo("input.csv");
            assertThat(run.good).extracting(row -> row.get("id")).containsExactly(1L, 2L, 3L);
            assertThat(report.checks()).extracting(CheckResult::outcome).containsOnly(Outcome.PASSED);
            assertThat(report.rows()).isEqualTo(new RowCounts(6, 3, 3, 0));
        }
    }

    @Test
    void judgesDeferredRulesOverTheRowsThatEarlierOnesLeft() {
        Rule duplicates = metric(
                "ids",
                new Measure.DuplicateValues(List.of("id")),
                threshold(Operator.MUST_BE, 0),
                OnFailure.QUARANTINE);
        Rule nulls = metric(
                "kinds", new Measure.NullValues("kind"), percent(Operator.MUST_BE_LESS_THAN, 20), OnFailure.QUARANTINE);
        try (CheckedRun run = new CheckedRun(table(COLUMNS, nulls, duplicates), context())) {
            assertThat(run.text(NAMES, ROWS, 2).finish().reasons()).isEqualTo(Map.of("ids", 3L));
        }
        try (CheckedRun run = new CheckedRun(table(COLUMNS, duplicates, nulls), context())) {
            assertThat(run.text(NAMES, ROWS, 2).finish().reasons()).isEqualTo(Map.of("ids", 3L, "kinds", 1L));
        }
    }

    private static ExistingRows existing(TableContract contract, List<Object[]> rows) {
        return columns -> new BatchReader() {
            private boolean done;

            @Override
            public Batch next() {
                if (done) {
                    return null;
                }
                done = true;
                TableSchema schema = new TableSchema(
                        columns.stream()
                                .map(name -> contract.schema()
                                        .field(contract.schema().position(name).getAsInt()))
                                .toList(),
                        List.of());
                Batch batch = new Batch(schema);
                for (int row = 0; row < rows.size(); row++) {
                    for (int i = 0; i < columns.size(); i++) {
                        batch.column(i).set(row, rows.get(row)[NAMES.indexOf(columns.get(i))]);
                    }
                }
                batch.setSize(rows.size());
                return batch;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void holdsUniquenessOverTheResultingTable() {
        TableContract contract = table(
                COLUMNS, new Rule.Unique("key", List.of("id"), true), new Rule.Unique("kind", List.of("kind"), false));
        List<String[]> rows =
                List.of(row("1", "a", null), row("2", "b", null), row(null, null, null), row(null, null, null));
        ExistingRows table = existing(contract, List.of(new Object[] {1L, "x", null}, new Object[] {9L, "b", null}));
        try (CheckedRun run = new CheckedRun(contract, context())) {
            run.text(NAMES, rows, 10);

            assertThat(run.finish().refuses()).isFalse();
            TableReport appended = run.check.judge(table, false);
            assertThat(appended.checks().get(0))
                    .extracting(CheckResult::metric, CheckResult::outcome)
                    .containsExactly("primaryKey", Outcome.FAILED);
            assertThat(appended.checks().get(1).value()).isEqualByComparingTo("1");
            TableReport upserted = run.check.judge(table, true);
            assertThat(upserted.checks().get(0).outcome()).isEqualTo(Outcome.PASSED);
            assertThat(upserted.checks().get(1).outcome()).isEqualTo(Outcome.FAILED);
            ExistingRows replaced =
                    existing(contract, List.of(new Object[] {1L, "b", null}, new Object[] {2L, "a", null}));
            assertThat(run.check.judge(replaced, true).refuses()).isFalse();
        }
    }

    @Test
    void readsServiceLevelsAsOfTheRun() {
        CheckContext context =
                new CheckContext(folder, 1 << 20, NOW, NOW.minus(Duration.ofDays(8)), History.NONE, Map.of());
        TableReport report = judge(
                context,
                new Rule.ServiceLevel("fresh", Level.LATENCY, "seen", Duration.ofDays(1)),
                new Rule.ServiceLevel("late", Level.LATENCY, "seen", Duration.ofHours(23)),
                new Rule.ServiceLevel("weekly", Level.FREQUENCY, null, Duration.ofDays(7)),
                new Rule.ServiceLevel("kept", Level.RETENTION, "seen", Duration.ofDays(31)),
                new Rule.ServiceLevel("unknown", Level.LATENCY, "kind", Duration.ofDays(1)));

        assertThat(report.checks())
                .extracting(CheckResult::outcome)
                .containsExactly(
                        Outcome.PASSED,
                        Outcome.WARNED,
                        Outcome.WARNED,
                        Outcome.PASSED,
                        Outcome.NOT_CHECKED,
                        Outcome.PASSED);
        assertThat(report.checks().get(0).value()).isEqualByComparingTo("86400");
        assertThat(report.checks().get(0).expected()).isEqualTo("<= 86400 seconds");
    }

    @Test
    void comparesWithTheHistoryOfReleases() {
        Rule rule = metric(
                "rows",
                new Measure.RowCount(),
                new Rule.Threshold(Operator.MUST_BE_BETWEEN, Contracts.decimals(50, 150), true, 2),
                OnFailure.REFUSE);
        History history = (object, id, releases) -> object.equals("searches") && id.equals("rows") && releases == 2
                ? Contracts.decimals(100, 100)
                : List.of();
        CheckContext context = new CheckContext(folder, 1 << 20, NOW, null, history, Map.of());

        assertThat(judge(context, rule).checks().get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judge(context(), rule).checks().get(0).outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void showsWhatIsNotChecked() {
        CheckResult result = judge(context(), new Rule.NotChecked("said", "be nice", "text is for people"))
                .checks()
                .get(0);

        assertThat(result.outcome()).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(result.note()).isEqualTo("text is for people");
    }

    @Test
    void asksQualityEngines() {
        Rule rule = new Rule.Custom("odd", "counter", Node.of("x"), new Rule.Terms("error", OnFailure.REFUSE, null));
        CheckContext context =
                new CheckContext(folder, 1 << 20, NOW, null, History.NONE, Map.of("counter", new CountingEngine()));

        CheckResult result = judge(context, rule).checks().get(0);

        assertThat(result.value()).isEqualByComparingTo("6");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.metric()).isEqualTo("custom:counter");
    }

    @Test
    void refusesUnknownEnginesBeforeTheFirstRow() {
        Rule rule = new Rule.Custom("odd", "countr", Node.of("x"), new Rule.Terms("error", OnFailure.REFUSE, null));
        CheckContext context =
                new CheckContext(folder, 1 << 20, NOW, null, History.NONE, Map.of("counter", new CountingEngine()));

        assertThatThrownBy(() -> new CheckedRun(table(COLUMNS, rule), context))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot check rule odd: no quality engine is named 'countr'; there is: counter; did you mean"
                                + " 'counter'? (engines are found on the class path as io.lakemesh.check.QualityEngine)");
    }

    /** Fails whenever there are rows. */
    private static final class CountingEngine implements QualityEngine {
        @Override
        public String name() {
            return "counter";
        }

        @Override
        public Evaluation start(TableSchema schema, Node implementation) {
            return new Evaluation() {
                private long rows;

                @Override
                public void add(Batch batch, int[] selected, int count) {
                    rows += count;
                }

                @Override
                public Verdict finish() {
                    return new Verdict(rows == 0, BigDecimal.valueOf(rows), "no rows", null);
                }
            };
        }
    }
}
