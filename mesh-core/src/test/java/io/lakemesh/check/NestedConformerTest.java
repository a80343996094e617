package io.lakemesh.check;

import static io.lakemesh.check.Contracts.column;
import static io.lakemesh.check.Contracts.nested;
import static io.lakemesh.check.Contracts.required;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Limits;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class NestedConformerTest {
    private static final ColumnContract PLACE = nested(
            "place",
            new DataType.Struct(
                    List.of(Field.required(1, "lat", Primitive.DOUBLE), Field.optional(2, "name", Primitive.STRING))),
            required("lat", Primitive.DOUBLE),
            column("name", Primitive.STRING));
    private static final DataType LONGS = new DataType.ListOf(Field.optional(1, "element", Primitive.LONG));
    private static final ColumnContract NUMBERS = nested("numbers", LONGS, column("element", Primitive.LONG));
    private static final ColumnContract SCORES = nested(
            "scores",
            new DataType.MapOf(Field.required(1, "key", Primitive.STRING), Field.optional(2, "value", Primitive.INT)),
            required("key", Primitive.STRING),
            column("value", Primitive.INT));

    private static Cell text(ColumnContract column, String text) {
        Cell cell = new Cell();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        new CellConformer(column, column.name()).conformText(bytes, 0, bytes.length, cell);
        return cell;
    }

    private static Cell value(ColumnContract column, Object value) {
        Cell cell = new Cell();
        new CellConformer(column, column.name()).conformValue(value, cell);
        return cell;
    }

    private static List<String> rules(Cell cell) {
        return cell.reasons().stream().map(QuarantinedRow.Reason::rule).toList();
    }

    @Test
    void readsStructsFromJson() {
        assertThat(text(PLACE, "{\"lat\": 51.5, \"name\": \"Lo\\u006edon\", \"other\": [1]}").object)
                .isEqualTo(new Row(List.of("lat", "name"), List.of(51.5, "London")));
    }

    @Test
    void readsListsAndMapsFromJson() {
        assertThat(text(NUMBERS, "[1, null, 3]").object).isEqualTo(Arrays.asList(1L, null, 3L));
        assertThat(text(SCORES, "{\"a\": 1, \"b\": 2}").object).isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    void takesTypedValues() {
        assertThat(value(PLACE, Map.of("lat", 51.5)).object)
                .isEqualTo(new Row(List.of("lat", "name"), Arrays.asList(51.5, null)));
        assertThat(value(PLACE, new Row(List.of("name", "lat"), List.of("x", 1.5))).object)
                .isEqualTo(new Row(List.of("lat", "name"), List.of(1.5, "x")));
        assertThat(value(NUMBERS, List.of(1, "2")).object).isEqualTo(List.of(1L, 2L));
    }

    @Test
    void saysWhichPartIsWrong() {
        assertThat(rules(text(PLACE, "{\"name\": \"x\"}"))).containsExactly("place.lat.required");
        assertThat(rules(text(PLACE, "{\"lat\": \"north\"}"))).containsExactly("place.lat.type");
        assertThat(rules(text(NUMBERS, "[1, true, \"x\"]"))).containsExactly("numbers[].type");
        assertThat(rules(text(SCORES, "{\"a\": 1.5}"))).containsExactly("scores.value.type");
        assertThat(rules(value(NUMBERS, 5))).containsExactly("numbers.type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,\"a\":2}",
                "[01]",
                "nul",
                "[1] x",
                "null",
                "[\"\\x\"]",
                "{\"lat\" 1}",
                "\"\u0001\""
            })
    void refusesWhatIsNoJson(String text) {
        assertThat(rules(text(PLACE, text))).containsExactly("place.type");
        assertThat(rules(text(NUMBERS, text))).containsExactly("numbers.type");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(rules(text(NUMBERS, "[".repeat(100_000)))).containsExactly("numbers.type");
    }

    @Test
    void limitsItems() {
        Limits limits = new Limits(null, null, null, null, null, null, null, 2, 3, true, List.of());
        ColumnContract column = limited(NUMBERS, limits);
        assertThat(rules(text(column, "[1, 2]"))).isEmpty();
        assertThat(rules(text(column, "[1]"))).containsExactly("numbers.minItems");
        assertThat(rules(text(column, "[1, 2, 3, 3]"))).containsExactly("numbers.maxItems", "numbers.uniqueItems");
    }

    @Test
    void limitsProperties() {
        Limits limits = new Limits(null, null, null, null, null, null, null, 2, null, false, List.of("name"));
        assertThat(rules(text(limited(PLACE, limits), "{\"lat\": 1, \"name\": \"x\"}")))
                .isEmpty();
        assertThat(rules(text(limited(PLACE, limits), "{\"lat\": 1}")))
                .containsExactly("place.minProperties", "place.name.required");
    }

    private static ColumnContract limited(ColumnContract column, Limits limits) {
        return new ColumnContract(
                column.name(),
                column.name(),
                null,
                column.type(),
                false,
                Set.of(),
                null,
                ZoneOffset.UTC,
                limits,
                column.children(),
                null);
    }
}
