package io.lakemesh.iceberg.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lakemesh.batch.RecordSources;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.descriptor.DataContracts;
import io.lakemesh.document.Documents;
import io.lakemesh.iceberg.file.FileSources;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTest {
    private final Path file;

    ProfilerTest(@TempDir Path folder) {
        this.file = folder.resolve("in.csv");
    }

    @Test
    void infersTypesFromText() {
        assertThat(typeOf("True", "false")).isEqualTo(InferredType.BOOLEAN);
        assertThat(typeOf("1", "-20", "0")).isEqualTo(InferredType.INTEGER);
        assertThat(typeOf("1", "-0.5", "10.25")).isEqualTo(InferredType.NUMBER);
        assertThat(typeOf("12345678901234567890")).isEqualTo(InferredType.NUMBER);
        assertThat(typeOf("2020-02-29")).isEqualTo(InferredType.DATE);
        assertThat(typeOf("10:30", "10:30:01.5")).isEqualTo(InferredType.TIME);
        assertThat(typeOf("2020-01-01T10:00:00")).isEqualTo(InferredType.TIMESTAMP);
        assertThat(typeOf("2020-01-01T10:00:00+00:00", "2020-01-01T10:00Z"))
                .isEqualTo(InferredType.TIMESTAMP_WITH_OFFSET);
    }

    @Test
    void takesForTextWhatOnlyLooksLikeANumberOrADate() {
        assertThat(typeOf("007")).isEqualTo(InferredType.STRING);
        assertThat(typeOf("+44123")).isEqualTo(InferredType.STRING);
        assertThat(typeOf("1.")).isEqualTo(InferredType.STRING);
        assertThat(typeOf("NaN")).isEqualTo(InferredType.STRING);
        assertThat(typeOf("1", "")).isEqualTo(InferredType.STRING);
        assertThat(typeOf("2019-02-29")).isEqualTo(InferredType.STRING);
        assertThat(typeOf("2020-01-01T10:00:00", "2020-01-01T10:00:00Z")).isEqualTo(InferredType.STRING);
    }

    @Test
    void infersTypesFromTypedValues() {
        assertThat(typeOf(1L, new BigInteger("2"))).isEqualTo(InferredType.INTEGER);
        assertThat(typeOf(1L, 0.5)).isEqualTo(InferredType.NUMBER);
        assertThat(typeOf(true)).isEqualTo(InferredType.BOOLEAN);
        assertThat(typeOf(LocalDate.EPOCH)).isEqualTo(InferredType.DATE);
        assertThat(typeOf(OffsetDateTime.MAX)).isEqualTo(InferredType.TIMESTAMP_WITH_OFFSET);
        assertThat(typeOf(1L, "x")).isEqualTo(InferredType.OTHER);
        assertThat(typeOf(List.of(1))).isEqualTo(InferredType.OTHER);
    }

    @Test
    void neverEstimatesMoreDistinctValuesThanThereAreValues() throws IOException {
        for (int start = 0; start < 10; start++) {
            String prefix = start + "-";
            String rows = IntStream.range(0, 3000).mapToObj(i -> prefix + i).collect(Collectors.joining("\n"));
            assertThat(profile("a\n" + rows + "\n").get(0).distinct()).isBetween(2900L, 3000L);
        }
    }

    @Test
    void countsNullsDistinctValuesAndLengths() throws IOException {
        ColumnProfile column = profile("a\nxyz\nx\n\"\"\né€\nx\n").get(0);

        assertThat(column.rows()).isEqualTo(5);
        assertThat(column.distinct()).isEqualTo(4);
        assertThat(column.shortest()).isZero();
        assertThat(column.longest()).isEqualTo(3);
        assertThat(column.topValues().get(0)).isEqualTo(new ColumnProfile.TopValue("x", 2));
        assertThat(profile("a,b\n1,\n2,x\n").get(1).nullShare()).isEqualTo(0.5);
    }

    @Test
    void estimatesDistinctValuesAndQuantilesOfManyRows() {
        ColumnProfile column = Profiler.profile(
                        RecordSources.of("java", IntStream.range(0, 100_000).mapToObj(i -> Map.of("a", (long) i))))
                .columns()
                .get(0);

        assertThat(column.distinct()).isCloseTo(100_000L, within(5000L));
        assertThat(column.quantiles().get(0.5)).isCloseTo(50_000, within(2500.0));
        assertThat(column.minimum()).isEqualTo("0");
        assertThat(column.maximum()).isEqualTo("99999");
        assertThat(column.values()).isEmpty();
    }

    @Test
    void ordersValuesByTheirType() throws IOException {
        List<ColumnProfile> columns =
                profile("n,t\n9,2020-01-01T10:00:00+02:00\n10,2020-01-01T09:00:00+00:00\n-3,2020-01-01T08:30:00Z\n");

        assertThat(columns.get(0).minimum()).isEqualTo("-3");
        assertThat(columns.get(0).maximum()).isEqualTo("10");
        assertThat(columns.get(1).minimum()).isEqualTo("2020-01-01T10:00+02:00");
        assertThat(columns.get(1).maximum()).isEqualTo("2020-01-01T09:00Z");
    }

    @Test
    void countsMalformedRowsApart() throws IOException {
        Files.writeString(file, "a,b\n1,2\n3\n");
        Profile profile = Profiler.profile(FileSources.of(file.toString()));

        assertThat(profile.rows()).isEqualTo(1);
        assertThat(profile.malformed()).isEqualTo(1);
        assertThat(profile.columns().get(0).nulls()).isZero();
        assertThat(profile.inputs().get(0).rows()).isEqualTo(2);
    }

    @Test
    void draftsAContractThatTheStandardAccepts() throws IOException {
        StringBuilder text = new StringBuilder("Age range,Latitude,When,Age-range,id,7,none\n");
        for (int i = 0; i < 40; i++) {
            text.append(i % 2 == 0 ? "over 34" : "10-17")
                    .append(",5")
                    .append(i % 4)
                    .append(".5,");
            text.append("2020-01-01T00:00:00Z,")
                    .append(i % 4 == 0 ? "" : "x" + i)
                    .append(",");
            text.append(new java.util.UUID(i, i)).append(",").append(i).append(",\n");
        }
        Files.writeString(file, text);

        DataContract contract = draft();

        List<SchemaProperty> properties = contract.schema().get(0).properties();
        assertThat(properties)
                .extracting(SchemaProperty::name)
                .containsExactly("age_range", "latitude", "when", "age_range_2", "id", "c_7", "none");
        assertThat(properties)
                .extracting(SchemaProperty::required)
                .containsExactly(true, true, true, false, true, true, false);
        assertThat(properties)
                .extracting(SchemaProperty::logicalType)
                .containsExactly("string", "number", "timestamp", "string", "string", "integer", "string");
        assertThat(yaml())
                .contains("validValues", "over 34", "minimum: 50", "maximum: 54", "timezone: true", "format: uuid")
                .contains("mustBeLessOrEqualTo: 25")
                .doesNotContain("x13");
    }

    @Test
    void draftsAContractOfTheRealFiles() throws IOException {
        Path police = Path.of(System.getProperty("lakemesh.shared", ""), "data", "police");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(police));

        Profile profile = Profiler.profile(FileSources.of(police.toString()));

        assertThat(profile.rows()).isEqualTo(5121);
        assertThat(profile.columns().get(1).type()).isEqualTo(InferredType.TIMESTAMP_WITH_OFFSET);
        assertThat(profile.columns().get(4).nulls()).isEqualTo(206);
        DataContract contract = DataContracts.parse(
                "draft", Documents.writeYaml(Profiler.draftContract(profile, "police", "Stop and search")));
        assertThat(contract.schema().get(0).name()).isEqualTo("stop_and_search");
        assertThat(contract.schema().get(0).properties()).hasSize(15);
        assertThat(profile.personal()).containsOnlyKeys("Latitude", "Longitude");
        assertThat(profile.personal().get("Latitude"))
                .hasToString(
                        "looks like coordinates: 420 of 420 different sampled values lie from -90 to 90, 420 of them with"
                                + " 3 decimals or more, and there is a column of the longitude");
    }

    @Test
    void draftsAClassificationForWhatLooksPersonal() throws IOException {
        Files.writeString(file, "id,E-Mail\n");
        for (int i = 0; i < 50; i++) {
            Files.writeString(file, i + ",canary-" + i + "@example.org\n", StandardOpenOption.APPEND);
        }
        Profile profile = Profiler.profile(FileSources.of(file.toString()));

        String yaml = Profiler.draftYaml(profile, "draft", "in");

        assertThat(yaml)
                .contains(
                        "        # looks like e-mail addresses: 50 of 50 different sampled values have the syntax of e-mail"
                                + " addresses, and the column's name agrees\n        classification: confidential\n")
                .doesNotContain("canary");
        assertThat(DataContracts.parse("draft", yaml).schema().get(0).properties())
                .extracting(SchemaProperty::classification)
                .containsExactly(null, "confidential");
    }

    private DataContract draft() {
        return DataContracts.parse("draft.odcs.yaml", yaml());
    }

    private String yaml() {
        Profile profile = Profiler.profile(FileSources.of(file.toString()));
        return Documents.writeYaml(Profiler.draftContract(profile, "draft", "in"));
    }

    private static InferredType typeOf(Object... values) {
        return Profiler.profile(RecordSources.of("java", Stream.of(values).map(value -> Map.of("a", value))))
                .columns()
                .get(0)
                .type();
    }

    private List<ColumnProfile> profile(String text) throws IOException {
        Files.writeString(file, text);
        return Profiler.profile(FileSources.of(file.toString())).columns();
    }
}
