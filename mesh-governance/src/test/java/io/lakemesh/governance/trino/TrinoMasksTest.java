package io.lakemesh.governance.trino;

import io.lakemesh.batch.Vector;
import io.lakemesh.mask.Mask;
import io.lakemesh.mask.Masking;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.testkit.server.TrinoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers are cut alike in Java and in Trino, to the last bit: a statement fails with what is not. */
@Tag("server")
class TrinoMasksTest {
    private static final List<Double> NUMBERS = List.of(
            8.2,
            -8.2,
            0.29,
            4.35,
            -0.4,
            -0.0,
            0.7,
            Math.nextDown(0.7),
            123.45,
            1e22,
            1e300,
            -1e300,
            0x1p53,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE);

    @ParameterizedTest
    @CsvSource({"DOUBLE, -2", "DOUBLE, 0", "DOUBLE, 2", "DOUBLE, 15", "FLOAT, -2", "FLOAT, 0", "FLOAT, 2"})
    void cutsNumbersAsJavaDoes(Primitive type, int digits) {
        long seed = 7;
        Mask mask = new Mask.Rounded(digits);
        String rows = numbers(seed).stream()
                .map(number -> "(" + sql(number, type) + ", " + sql(shown(mask, type, number), type) + ")")
                .collect(Collectors.joining(", "));
        TrinoServer.shared()
                .run(
                        "SELECT CASE WHEN to_ieee754_64(CAST(shown AS double)) <> to_ieee754_64(CAST(wanted AS double)) THEN"
                                + " CAST(fail('seed " + seed + ": " + mask
                                + " of ' || CAST(value AS varchar) || ' is ' ||"
                                + " CAST(shown AS varchar)) AS integer) END FROM (SELECT value, wanted, "
                                + sql(TrinoMasks.render(mask, type)) + " AS shown FROM (VALUES " + rows
                                + ") t (value, wanted))");
    }

    private static List<Double> numbers(long seed) {
        List<Double> numbers = new ArrayList<>(NUMBERS);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            numbers.add(random.nextInt(100_000) / 1000.0 - 50);
        }
        return numbers;
    }

    private static double shown(Mask mask, DataType type, double value) {
        Vector column = Vector.of(type, 1);
        column.set(0, type == Primitive.FLOAT ? (Object) (float) value : (Object) value);
        Masking.of(mask, type).apply(column, 1);
        return ((Number) Objects.requireNonNull(column.get(0))).doubleValue();
    }

    private static String sql(double number, Primitive type) {
        return "CAST(DOUBLE '" + number + "' AS " + SqlLiterals.type(type) + ")";
    }

    private static String sql(SqlTemplate template) {
        return template.parts().stream()
                .map(part -> part instanceof SqlTemplate.Text text ? text.sql() : "value")
                .collect(Collectors.joining());
    }
}
