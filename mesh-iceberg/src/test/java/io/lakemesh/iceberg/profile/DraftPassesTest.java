package io.lakemesh.iceberg.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.check.CheckContext;
import io.lakemesh.check.CheckResult;
import io.lakemesh.check.TableCheck;
import io.lakemesh.check.TableReport;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Limits;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.contract.Rule.Threshold.Operator;
import io.lakemesh.contract.TableContract;
import io.lakemesh.descriptor.DataContract.QualityRule;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.descriptor.DataContracts;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.iceberg.file.FileSources;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random files: whatever contract is drafted from one, the same file passes it whole. */
class DraftPassesTest {
    private static final String[][] VOCABULARY = {
        {"true", "FALSE", "True"},
        {"0", "-1", "42", "999999999999999999"},
        {"0.5", "-12.25", "3", "0", "100000000000000000000", "-0.0"},
        {"2020-01-31", "0001-01-01", "9999-12-31"},
        {"10:00", "23:59:59.999999", "00:00:01"},
        {"2020-01-31T10:00:00", "1969-12-31T23:59:59.5"},
        {"2020-01-31T10:00:00Z", "2020-01-31T10:00:00.123456+05:30", "2020-01-31T10:00-11:00"},
        {"x", "\"\"", "é", "\"a,b\"", "007", " 1", "1 ", "+5", "1e5", "NaN", "Infinity", "null", "24:00:00"},
        {"6f1f2f0e-0000-4000-8000-000000000001", "6F1F2F0E-0000-4000-8000-00000000000A"},
        {"2020-02-30", "2020-01-31 10:00:00", "2020-01-31T10:00:00+0530", "1.", ".5", "-", "--1", "1-"},
    };

    private final Path folder;

    DraftPassesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whateverWasProfiledPassesItsDraft() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("DraftPassesTest seed " + seed);
        Random random = new Random(seed);
        Path file = folder.resolve("in.csv");
        for (int i = 0; i < 200; i++) {
            String text = randomFile(random);
            Files.writeString(file, text);
            Profile profile = Profiler.profile(FileSources.of(file.toString()));
            TableReport report = check(file, profile);
            assertThat(report.reasons()).as(text).isEmpty();
            assertThat(report.rows().published()).as(text).isEqualTo(profile.rows());
            assertThat(report.checks()).as(text).allMatch(CheckResult::passed);
        }
    }

    private TableReport check(Path file, Profile profile) {
        String yaml = Documents.writeYaml(Profiler.draftContract(profile, "draft", "in"));
        TableContract contract =
                compile(DataContracts.parse("draft", yaml).schema().get(0));
        CheckContext context = CheckContext.of(folder.resolve("spill"), Instant.EPOCH);
        try (TableCheck check = new TableCheck(contract, contract.schema(), context);
                RecordReader reader = FileSources.of(file.toString()).open()) {
            RawBatch batch = new RawBatch();
            while (reader.read(batch)) {
                check.add(batch, (rows, selected, count) -> {}, row -> {});
            }
            check.finish((rows, selected, count) -> {}, row -> {});
            return check.judge(null, false);
        }
    }

    private static TableContract compile(SchemaObject object) {
        List<ColumnContract> columns =
                object.properties().stream().map(DraftPassesTest::column).toList();
        List<Field> fields = columns.stream()
                .map(column -> new Field(0, column.name(), column.type(), column.required(), null))
                .toList();
        List<Rule> rules = new ArrayList<>();
        object.properties().forEach(property -> property.quality().forEach(rule -> rules.add(rule(property, rule))));
        return new TableContract(
                object.name(),
                "port",
                "draft",
                "1.0.0",
                new TableContract.TableName("a", "b"),
                "",
                new TableSchema(fields, List.of()),
                columns,
                List.of(),
                List.of(),
                0.2,
                rules);
    }

    private static ColumnContract column(SchemaProperty property) {
        DataType type = type(property);
        Limits limits = new Limits(
                bound(property, "minimum", type),
                null,
                bound(property, "maximum", type),
                null,
                null,
                null,
                property.logicalTypeOptions().text("format").orElse(null),
                null,
                null,
                false,
                List.of());
        String name = String.valueOf(property.name());
        return new ColumnContract(
                name,
                property.customProperties().text("lakemesh.source-name").orElse(name),
                null,
                type,
                property.required(),
                Set.of(),
                null,
                ZoneOffset.UTC,
                limits,
                List.of(),
                null);
    }

    private static DataType type(SchemaProperty property) {
        return switch (String.valueOf(property.logicalType())) {
            case "boolean" -> Primitive.BOOLEAN;
            case "integer" -> Primitive.LONG;
            case "number" -> Primitive.DOUBLE;
            case "date" -> Primitive.DATE;
            case "time" -> Primitive.TIME;
            case "timestamp" ->
                property.logicalTypeOptions().get("timezone").isPresent() ? Primitive.TIMESTAMPTZ : Primitive.TIMESTAMP;
            default -> Primitive.STRING;
        };
    }

    private static @Nullable Object bound(SchemaProperty property, String key, DataType type) {
        String text = property.logicalTypeOptions().text(key).orElse(null);
        if (text == null) {
            return null;
        }
        return type == Primitive.LONG ? (Object) Long.parseLong(text) : (Object) Double.parseDouble(text);
    }

    private static Rule rule(SchemaProperty property, QualityRule rule) {
        String column = String.valueOf(property.name());
        String metric = String.valueOf(rule.metric());
        boolean nulls = metric.equals("nullValues");
        Measure measure = nulls
                ? new Measure.NullValues(column)
                : new Measure.InvalidValues(column, validValues(rule), null, Limits.NONE);
        Operator operator = nulls ? Operator.MUST_BE_LESS_OR_EQUAL_TO : Operator.MUST_BE;
        BigDecimal operand = new BigDecimal(rule.node().text(operator.key()).orElseThrow());
        return new Rule.Metric(
                column + "." + metric,
                measure,
                new Rule.Threshold(operator, List.of(operand), nulls, 0),
                new Rule.Terms("error", Rule.Terms.OnFailure.REFUSE, null));
    }

    private static Set<String> validValues(QualityRule rule) {
        Node.Mapping arguments = (Node.Mapping) rule.node().get("arguments").orElseThrow();
        return arguments.list("validValues").stream()
                .map(node -> ((Node.Scalar) node).text().orElseThrow())
                .collect(Collectors.toSet());
    }

    private static String randomFile(Random random) {
        int columns = 1 + random.nextInt(6);
        int[] words = random.ints(columns, 0, VOCABULARY.length).toArray();
        boolean[] nullable = new boolean[columns];
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            nullable[i] = random.nextBoolean();
            text.append(i == 0 ? "" : ",").append("Column ").append(i);
        }
        for (int rows = random.nextInt(120); rows > 0; rows--) {
            text.append('\n');
            for (int i = 0; i < columns; i++) {
                int odd = random.nextInt(300) == 0 ? random.nextInt(VOCABULARY.length) : words[i];
                String word = VOCABULARY[odd][random.nextInt(VOCABULARY[odd].length)];
                text.append(i == 0 ? "" : ",").append(nullable[i] && random.nextInt(5) == 0 ? "" : word);
            }
        }
        return text.append('\n').toString();
    }
}
