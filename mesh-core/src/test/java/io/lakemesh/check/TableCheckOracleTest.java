package io.lakemesh.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.check.CheckResult.Outcome;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Limits;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.contract.Rule.Terms.OnFailure;
import io.lakemesh.contract.Rule.Threshold;
import io.lakemesh.contract.Rule.Threshold.Operator;
import io.lakemesh.contract.TableContract;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random contracts and inputs against a naive reading of the rules, row by row. */
@NullUnmarked
class TableCheckOracleTest {
    private static final List<String> NAMES = List.of("id", "kind", "score", "day");
    private static final List<List<String>> TEXTS = List.of(
            Arrays.asList("1", "2", "3", " 4 ", "-7", "x", "", null),
            Arrays.asList("a", "b", "bb", "N/A", "", "ü", null),
            Arrays.asList("0.5", "-1", "1e3", "NaN", "12.25", null),
            Arrays.asList("2024-01-31", "2024-02-30", "2023-12-01", "31/01/2024", null));

    @TempDir
    Path folder;

    private Random random;

    @Test
    void agreesWithANaiveReading() {
        long seed = System.nanoTime();
        System.out.println("TableCheckOracleTest seed " + seed);
        random = new Random(seed);
        for (int round = 0; round < 600; round++) {
            TableContract contract = contract();
            List<String[]> rows = rows(random.nextInt(60));
            Expected expected = new Expected(contract, rows);
            CheckContext context = new CheckContext(
                    folder.resolve("spill"), 600, Instant.EPOCH, null, History.NONE, java.util.Map.of());
            try (CheckedRun run = new CheckedRun(contract, context)) {
                TableReport report =
                        run.text(NAMES, rows, 1 + random.nextInt(20)).finish();
                expected.verify(run, report, "seed " + seed + ", round " + round + ", " + contract.rules());
            }
        }
    }

    private List<String[]> rows(int count) {
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(TEXTS.stream().map(this::any).toArray(String[]::new));
        }
        return rows;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private TableContract contract() {
        Limits positive = new Limits(1L, null, null, null, null, null, null, null, null, false, List.of());
        Limits small = new Limits(null, null, null, 1000.0, null, null, null, null, null, false, List.of());
        ColumnContract kind = Contracts.column(
                "kind",
                Primitive.STRING,
                random.nextBoolean(),
                random.nextBoolean() ? Contracts.pattern("^[a-z]*$") : Limits.NONE);
        List<ColumnContract> columns = List.of(
                Contracts.column(
                        "id", Primitive.LONG, random.nextBoolean(), random.nextBoolean() ? positive : Limits.NONE),
                Contracts.read("kind", kind, "N/A"),
                Contracts.column("score", Primitive.DOUBLE, false, random.nextBoolean() ? small : Limits.NONE),
                Contracts.column("day", Primitive.DATE));
        Rule[] rules = new Rule[random.nextInt(5)];
        Arrays.setAll(rules, i -> rule("rule-" + i));
        return Contracts.table(columns, 0.5, rules);
    }

    private Rule rule(String id) {
        if (random.nextInt(6) == 0) {
            return new Rule.Unique(id, List.of("id"), random.nextBoolean());
        }
        Operator operator = any(List.of(Operator.values()));
        int low = random.nextInt(4);
        List<BigDecimal> operands = operator.name().endsWith("BETWEEN")
                ? List.of(BigDecimal.valueOf(low), BigDecimal.valueOf(low + 1 + random.nextInt(20)))
                : List.of(BigDecimal.valueOf(low));
        return new Rule.Metric(
                id,
                measure(),
                new Threshold(operator, operands, random.nextBoolean(), 0),
                new Rule.Terms("error", any(List.of(OnFailure.values())), null));
    }

    private Measure measure() {
        return switch (random.nextInt(6)) {
            case 0 -> new Measure.RowCount();
            case 1 -> new Measure.NullValues(any(NAMES));
            case 2 -> new Measure.MissingValues("kind", Set.of("", "b"));
            case 3 -> new Measure.InvalidValues("id", Set.of("1", "2"), null, Limits.NONE);
            case 4 -> new Measure.InvalidValues("kind", null, "b", Limits.NONE);
            default -> new Measure.DuplicateValues(random.nextBoolean() ? List.of("id") : List.of("kind", "score"));
        };
    }

    /** What the issue says should happen, the slow way. */
    private static final class Expected {
        private final TableContract contract;
        private final List<Line> left = new ArrayList<>();
        private final TreeMap<Long, Set<String>> aside = new TreeMap<>();
        private final int read;

        private record Line(long line, List<Object> values) {}

        Expected(TableContract contract, List<String[]> rows) {
            this.contract = contract;
            this.read = rows.size();
            for (int i = 0; i < rows.size(); i++) {
                conform(i + 2, rows.get(i));
            }
            quarantine();
        }

        private void conform(long line, String[] texts) {
            Set<String> broken = new TreeSet<>();
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < NAMES.size(); i++) {
                values.add(value(contract.columns().get(i), texts[i], broken));
            }
            if (broken.isEmpty()) {
                left.add(new Line(line, values));
            } else {
                aside.put(line, broken);
            }
        }

        private static Object value(ColumnContract column, String text, Set<String> broken) {
            if (text == null || column.nullTokens().contains(text)) {
                if (column.required()) {
                    broken.add(column.name() + ".required");
                }
                return null;
            }
            try {
                return limited(column, convert(column, text), broken);
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                broken.add(column.name() + ".type");
                return null;
            }
        }

        private static Object convert(ColumnContract column, String text) {
            return switch ((Primitive) column.type()) {
                case LONG -> Long.valueOf(text.trim());
                case DOUBLE -> new BigDecimal(text).doubleValue();
                case DATE -> LocalDate.parse(text);
                default -> text;
            };
        }

        private static Object limited(ColumnContract column, Object value, Set<String> broken) {
            Limits limits = column.limits();
            if (limits.minimum() != null && (Long) value < 1) {
                broken.add(column.name() + ".minimum");
            }
            if (limits.exclusiveMaximum() != null && (Double) value >= 1000) {
                broken.add(column.name() + ".exclusiveMaximum");
            }
            if (limits.pattern() != null && !((String) value).matches("[a-z]*")) {
                broken.add(column.name() + ".pattern");
            }
            return value;
        }

        private void quarantine() {
            boolean waits = false;
            List<Line> before = List.copyOf(left);
            for (Rule rule : contract.rules()) {
                if (rule instanceof Rule.Metric metric && metric.terms().onFailure() == OnFailure.QUARANTINE) {
                    boolean rowByRow = !(metric.measure() instanceof Measure.DuplicateValues)
                            && Judgement.meansNone(metric.threshold());
                    waits |= !rowByRow;
                    List<Line> counted = counted(metric.measure(), waits ? left : before);
                    if (!Judgement.of(metric.threshold(), counted.size(), left.size(), List.of())
                                    .holds()
                            || !waits) {
                        counted.forEach(line -> aside.computeIfAbsent(line.line, l -> new TreeSet<>())
                                .add(rule.id()));
                        left.removeAll(counted);
                    }
                }
            }
        }

        private static List<Line> counted(Measure measure, List<Line> lines) {
            if (measure instanceof Measure.DuplicateValues duplicates) {
                return later(duplicates.columns(), lines);
            }
            return lines.stream().filter(line -> counts(measure, line)).toList();
        }

        private static List<Line> later(List<String> columns, List<Line> lines) {
            Set<List<Object>> seen = new HashSet<>();
            Function<Line, List<Object>> key = line -> columns.stream()
                    .map(column -> line.values.get(NAMES.indexOf(column)))
                    .collect(Collectors.toList());
            return lines.stream()
                    .filter(line -> !key.apply(line).contains(null) && !seen.add(key.apply(line)))
                    .toList();
        }

        private static boolean counts(Measure measure, Line line) {
            if (measure instanceof Measure.NullValues nulls) {
                return line.values.get(NAMES.indexOf(nulls.column())) == null;
            }
            if (measure instanceof Measure.MissingValues) {
                Object kind = line.values.get(1);
                return kind == null || kind.equals("") || kind.equals("b");
            }
            if (measure instanceof Measure.InvalidValues invalid && invalid.pattern() == null) {
                Object id = line.values.get(0);
                return id != null && !id.equals(1L) && !id.equals(2L);
            }
            String kind = (String) line.values.get(1);
            return measure instanceof Measure.RowCount || (kind != null && !kind.contains("b"));
        }

        void verify(CheckedRun run, TableReport report, String description) {
            assertThat(run.good)
                    .as(description)
                    .extracting(row -> row.values())
                    .isEqualTo(left.stream().map(Line::values).toList());
            TreeMap<Long, Set<String>> found = new TreeMap<>();
            run.bad.forEach(row -> found.put(
                    row.line(),
                    row.reasons().stream()
                            .map(QuarantinedRow.Reason::rule)
                            .collect(Collectors.toCollection(TreeSet::new))));
            assertThat(found).as(description).isEqualTo(aside);
            boolean refused = false;
            for (int i = 0; i < contract.rules().size(); i++) {
                Outcome outcome =
                        outcome(contract.rules().get(i), report.checks().get(i), description);
                assertThat(report.checks().get(i).outcome()).as(description).isEqualTo(outcome);
                refused |= outcome == Outcome.FAILED;
            }
            refused |= aside.size() > read * 0.5;
            assertThat(report.rows())
                    .as(description)
                    .isEqualTo(new RowCounts(read, refused ? 0 : left.size(), aside.size(), refused ? left.size() : 0));
        }

        private Outcome outcome(Rule rule, CheckResult result, String description) {
            if (rule instanceof Rule.Unique) {
                int repeats = later(List.of("id"), left).size();
                assertThat(result.value()).as(description).isEqualByComparingTo(BigDecimal.valueOf(repeats));
                return repeats == 0 ? Outcome.PASSED : Outcome.FAILED;
            }
            Rule.Metric metric = (Rule.Metric) rule;
            long count = counted(metric.measure(), left).size();
            Judgement judgement = Judgement.of(metric.threshold(), count, left.size(), List.of());
            assertThat(result.value()).as(description).isEqualByComparingTo(judgement.value());
            Outcome failure = metric.terms().onFailure() == OnFailure.WARN ? Outcome.WARNED : Outcome.FAILED;
            return judgement.holds() ? Outcome.PASSED : failure;
        }
    }
}
