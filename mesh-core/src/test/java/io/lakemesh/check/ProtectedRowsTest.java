package io.lakemesh.check;

import static io.lakemesh.check.Contracts.column;
import static io.lakemesh.check.Contracts.metric;
import static io.lakemesh.check.Contracts.required;
import static io.lakemesh.check.Contracts.threshold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Limits;
import io.lakemesh.contract.Protection;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.contract.Rule.Terms.OnFailure;
import io.lakemesh.contract.Rule.Threshold.Operator;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.Protector;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules see values as they were read; what goes on to sinks and temporary files does not have them. */
@NullUnmarked
class ProtectedRowsTest {
    private static final String CANARY = "canary-7";

    @TempDir
    Path folder;

    /** Stand-ins that a reader of a failed test can read. */
    private record Numbered(int key) implements Protector {
        @Override
        public UnaryOperator<String> maker(String column) {
            return text -> "k" + key + ":" + Integer.toHexString(text.hashCode());
        }

        String protect(String text) {
            return maker("").apply(text);
        }

        @Override
        public List<String> candidates(String text) {
            return List.of(protect(text));
        }

        @Override
        public boolean isCurrent(String standIn) {
            return standIn.startsWith("k" + key + ":");
        }
    }

    private static final Numbered KEY = new Numbered(1);

    private CheckContext context(int memory) {
        return new CheckContext(
                folder.resolve("spill"), memory, Instant.EPOCH, null, History.NONE, Map.of(), unused -> KEY);
    }

    private static ColumnContract with(String protection, ColumnContract column) {
        return new ColumnContract(
                column.name(),
                column.sourceName(),
                null,
                column.type(),
                column.required(),
                Set.of(),
                null,
                column.zone(),
                column.limits(),
                List.of(),
                null,
                Protection.parse(protection));
    }

    private static ColumnContract pseudonym(Limits limits) {
        return with("pseudonymize", column("p", Primitive.STRING, true, limits));
    }

    @Test
    void storesWhatEachProtectionMakesOfAValue() {
        TableContract contract = Contracts.table(List.of(
                pseudonym(Limits.NONE),
                with("redact", column("r", Primitive.STRING)),
                with("generalize(month)", column("g", Primitive.DATE)),
                with("drop", column("d", Primitive.LONG)),
                column("open", Primitive.STRING)));
        try (CheckedRun run = new CheckedRun(contract, context(1 << 20))) {
            run.text(
                    List.of("p", "r", "g", "d", "open"),
                    List.of(
                            new String[] {CANARY, CANARY, "2026-03-17", "77", "x"},
                            new String[] {"other", null, null, null, null}),
                    10);
            run.finish();
            assertThat(run.good.get(0).values())
                    .containsExactly(KEY.protect(CANARY), "***", LocalDate.of(2026, 3, 1), null, "x");
            assertThat(run.good.get(1).values()).containsExactly(KEY.protect("other"), null, null, null, null);
        }
    }

    @Test
    void setsRowsAsideWithoutTheirValues() {
        TableContract contract = Contracts.table(List.of(
                pseudonym(Limits.NONE),
                with("encrypt", column("e", Primitive.STRING)),
                with("redact", column("r", Primitive.STRING)),
                with("generalize(month)", column("g", Primitive.DATE)),
                with("drop", column("d", Primitive.LONG)),
                required("open", Primitive.STRING)));
        try (CheckedRun run = new CheckedRun(contract, context(1 << 20))) {
            run.text(
                    List.of("p", "e", "r", "g", "d", "open", "unknown"),
                    List.<String[]>of(new String[] {" " + CANARY + " ", CANARY, CANARY, CANARY, CANARY, null, CANARY}),
                    10);
            run.finish();
            assertThat(run.bad).hasSize(1);
            assertThat(run.bad.get(0).record())
                    .isEqualTo(Map.of("p", KEY.protect(CANARY), "e", "***", "r", "***", "g", "***"));
            assertThat(run.bad.get(0).toString()).doesNotContain(CANARY);
            assertThat(run.reasonsOf(0)).containsExactly("g.type", "d.type", "open.required");
        }
    }

    @Test
    void hidesAValueThatTwoColumnsAreReadFrom() {
        TableContract contract = Contracts.table(List.of(
                pseudonym(Limits.NONE),
                with("generalize(first(1))", Contracts.read("p", column("initial", Primitive.STRING))),
                required("open", Primitive.STRING)));
        try (CheckedRun run = new CheckedRun(contract, context(1 << 20))) {
            run.text(List.of("p", "open"), List.<String[]>of(new String[] {CANARY, null}), 10);
            assertThat(run.bad.get(0).record()).isEqualTo(Map.of("p", "***"));
        }
    }

    @Test
    void checksLimitsAndRulesOnValuesAsTheyWereRead() {
        Rule.Metric named = metric(
                "named",
                new Measure.InvalidValues("p", Set.of("other", "canary-8"), null, Limits.NONE),
                threshold(Operator.MUST_BE, 1),
                OnFailure.REFUSE);
        TableContract contract =
                Contracts.table(List.of(pseudonym(Contracts.pattern("^[a-z]+-[0-9]$|^other$"))), named);
        try (CheckedRun run = new CheckedRun(contract, context(1 << 20))) {
            run.text(
                    List.of("p"),
                    List.of(new String[] {CANARY}, new String[] {"other"}, new String[] {"no match"}),
                    10);
            TableReport report = run.finish();
            assertThat(run.reasonsOf(0)).containsExactly("p.pattern");
            assertThat(report.checks().get(0).value()).isEqualByComparingTo("1");
            assertThat(report.refuses()).isFalse();
        }
    }

    @Test
    void leavesNothingOfOtherRowsInABatch() {
        TableContract contract = Contracts.table(List.of(pseudonym(Limits.NONE), required("open", Primitive.STRING)));
        List<Object> left = new ArrayList<>();
        try (CheckedRun run = new CheckedRun(contract, context(1 << 20))) {
            List<String[]> rows = List.of(new String[] {CANARY, null}, new String[] {"b", "x"});
            run.check.add(
                    run.textBatch(List.of("p", "open"), rows),
                    (batch, selected, count) -> left.addAll(List.of(
                            count, batch.column(0).isNull(0), batch.column(0).isNull(1))),
                    bad -> {});
        }
        assertThat(left).containsExactly(1, true, false);
    }

    @Test
    void tellsUniquenessFromStandIns() {
        Rule key = new Rule.Unique("primaryKey", List.of("p"), true);
        TableContract contract = Contracts.table(List.of(pseudonym(Limits.NONE)), key);
        try (CheckedRun run = new CheckedRun(contract, context(1 << 20))) {
            run.text(List.of("p"), List.of(new String[] {CANARY}, new String[] {"b"}, new String[] {"b"}), 10);
            TableReport alone = run.finish();
            assertThat(alone.checks().get(0).value()).isEqualByComparingTo("1");
            TableReport beside = run.check.judge(stored(contract, KEY.protect(CANARY)), false);
            assertThat(beside.checks().get(0).value()).isEqualByComparingTo("2");
        }
    }

    @Test
    void refusesToCompareWithRowsOfAnEarlierKey() {
        Rule key = new Rule.Unique("primaryKey", List.of("p"), true);
        TableContract contract = Contracts.table(List.of(pseudonym(Limits.NONE)), key);
        try (CheckedRun run = new CheckedRun(contract, context(1 << 20))) {
            run.text(List.of("p"), List.<String[]>of(new String[] {CANARY}), 10);
            run.finish();
            String old = new Numbered(0).protect(CANARY);
            assertThatThrownBy(() -> run.check.judge(stored(contract, old), false))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "Cannot compare column p with the rows that stay: they were protected with an earlier key of"
                                    + " the domain, so that equal values would look different; publish all rows again with mode"
                                    + " overwrite");
        }
    }

    private static ExistingRows stored(TableContract contract, String standIn) {
        TableSchema schema = new TableSchema(List.of(Field.optional(1, "p", Primitive.STRING)), List.of());
        assertThat(contract.schema().field(0).name()).isEqualTo("p");
        return columns -> new BatchReader() {
            private boolean read;

            @Override
            public Batch next() {
                if (read) {
                    return null;
                }
                read = true;
                Batch batch = new Batch(schema);
                batch.column(0).set(0, standIn);
                batch.setSize(1);
                return batch;
            }

            @Override
            public void close() {}
        };
    }

    /** Rows that wait, keys that are compared: both are on disk here, and both have the values that rules see. */
    @Test
    void spillsNothingThatCanBeRead() throws IOException {
        Rule.Metric duplicates = metric(
                "duplicates",
                new Measure.DuplicateValues(List.of("p")),
                threshold(Operator.MUST_BE_LESS_THAN, 5),
                OnFailure.QUARANTINE);
        TableContract open = Contracts.table(List.of(column("p", Primitive.STRING)), duplicates);
        TableContract hidden = Contracts.table(List.of(pseudonym(Limits.NONE)), duplicates);
        assertThat(spilled(open)).contains(CANARY);
        assertThat(spilled(hidden)).isNotEmpty().doesNotContain(CANARY);
    }

    private String spilled(TableContract contract) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            rows.add(new String[] {CANARY + "-" + i});
        }
        rows.add(new String[] {CANARY + "-1"});
        try (CheckedRun run = new CheckedRun(contract, context(1 << 16))) {
            run.text(List.of("p"), rows, Batch.CAPACITY);
            StringBuilder bytes = new StringBuilder();
            try (Stream<Path> files = Files.walk(folder.resolve("spill"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    bytes.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
            run.finish();
            assertThat(run.good).hasSize(20_001);
            return bytes.toString();
        }
    }

    @Test
    void showsNoNamesOfAFileWithoutAHeader() {
        TableContract contract = Contracts.table(List.of(pseudonym(Limits.NONE), column("open", Primitive.STRING)));
        try (CheckedRun run = new CheckedRun(contract, context(1 << 20))) {
            assertThatThrownBy(() -> run.text(List.of(CANARY, "x"), List.<String[]>of(new String[] {"a", "b"}), 10))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "Cannot map input.csv: no column 'p' (required); found 2 columns, whose names are not shown since"
                                    + " some are protected");
            run.text(List.of("p", CANARY), List.<String[]>of(new String[] {"a", "b"}), 10);
            assertThat(run.check.notes()).containsExactly("columns that the contract does not name are ignored: 1");
        }
    }
}
