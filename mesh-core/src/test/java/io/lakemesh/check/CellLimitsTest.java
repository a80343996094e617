package io.lakemesh.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Limits;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class CellLimitsTest {
    private static List<String> broken(DataType type, Limits limits, String text) {
        ColumnContract column = Contracts.column("c", type, false, limits);
        Cell cell = new Cell();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        new CellConformer(column, "c").conformText(bytes, 0, bytes.length, cell);
        return cell.reasons().stream().map(QuarantinedRow.Reason::rule).toList();
    }

    private static Limits bounds(Object minimum, Object above, Object maximum, Object below) {
        return new Limits(minimum, above, maximum, below, null, null, null, null, null, false, List.of());
    }

    private static Limits format(String format) {
        return new Limits(null, null, null, null, null, null, format, null, null, false, List.of());
    }

    private static Limits multipleOf(String divisor) {
        return new Limits(null, null, null, null, new BigDecimal(divisor), null, null, null, null, false, List.of());
    }

    private static Limits sizes(Integer least, Integer most) {
        return new Limits(null, null, null, null, null, null, null, least, most, false, List.of());
    }

    @Test
    void boundsWholeNumbers() {
        assertThat(broken(Primitive.LONG, bounds(1L, null, 3L, null), "1")).isEmpty();
        assertThat(broken(Primitive.LONG, bounds(1L, null, 3L, null), "3")).isEmpty();
        assertThat(broken(Primitive.LONG, bounds(1L, null, 3L, null), "0")).containsExactly("c.minimum");
        assertThat(broken(Primitive.LONG, bounds(1L, null, 3L, null), "4")).containsExactly("c.maximum");
        assertThat(broken(Primitive.LONG, bounds(null, 1L, null, 3L), "2")).isEmpty();
        assertThat(broken(Primitive.LONG, bounds(null, 1L, null, 3L), "1")).containsExactly("c.exclusiveMinimum");
        assertThat(broken(Primitive.LONG, bounds(null, 1L, null, 3L), "3")).containsExactly("c.exclusiveMaximum");
    }

    @Test
    void boundsOtherTypes() {
        assertThat(broken(Primitive.DOUBLE, bounds(0.0, null, null, null), "-0.0"))
                .isEmpty();
        assertThat(broken(Primitive.DOUBLE, bounds(0.5, null, null, null), "0.49"))
                .containsExactly("c.minimum");
        LocalDate day = LocalDate.of(2024, 1, 31);
        assertThat(broken(Primitive.DATE, bounds(null, null, day, null), "2024-01-31"))
                .isEmpty();
        assertThat(broken(Primitive.DATE, bounds(null, null, day, null), "2024-02-01"))
                .containsExactly("c.maximum");
        DataType money = new DataType.Decimal(9, 2);
        assertThat(broken(money, bounds(new BigDecimal("1.5"), null, null, null), "1.50"))
                .isEmpty();
        assertThat(broken(money, bounds(new BigDecimal("1.5"), null, null, null), "1.49"))
                .containsExactly("c.minimum");
    }

    @Test
    void countsCodePoints() {
        assertThat(broken(Primitive.STRING, sizes(2, 3), "𝒳𝒴")).isEmpty();
        assertThat(broken(Primitive.STRING, sizes(2, 3), "𝒳")).containsExactly("c.minLength");
        assertThat(broken(Primitive.STRING, sizes(2, 3), "abcd")).containsExactly("c.maxLength");
    }

    @Test
    void findsMultiplesAsPeopleWriteThem() {
        assertThat(broken(Primitive.DOUBLE, multipleOf("0.1"), "0.3")).isEmpty();
        assertThat(broken(Primitive.DOUBLE, multipleOf("0.1"), "0.35")).containsExactly("c.multipleOf");
        assertThat(broken(Primitive.LONG, multipleOf("5"), "-10")).isEmpty();
        assertThat(broken(Primitive.LONG, multipleOf("5"), "7")).containsExactly("c.multipleOf");
    }

    @Test
    void searchesForThePattern() {
        assertThat(broken(Primitive.STRING, Contracts.pattern("b+"), "abc")).isEmpty();
        assertThat(broken(Primitive.STRING, Contracts.pattern("^b+$"), "abc")).containsExactly("c.pattern");
    }

    @Test
    void refusesPatternsThatAreNotRe2() {
        assertThatThrownBy(() -> broken(Primitive.STRING, Contracts.pattern("(?=a)"), "a"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Invalid pattern of c: ")
                .hasMessageEndingWith("; patterns are RE2, which has no lookaround and no back references");
    }

    @ParameterizedTest
    @CsvSource({
        "email, a@b.org, true",
        "email, a@b@c, false",
        "email, a b@c.org, false",
        "uuid, 123e4567-e89b-12d3-a456-426614174000, true",
        "uuid, 1-2-3-4-5, false",
        "uri, https://example.org/x, true",
        "uri, ../x, false",
        "uri, a b, false",
        "hostname, example.org, true",
        "hostname, -x.org, false",
        "ipv4, 127.0.0.1, true",
        "ipv4, 256.0.0.1, false",
        "ipv4, 1.2.3, false",
        "ipv4, 1.2.3.4., false",
        "ipv6, ::1, true",
        "ipv6, 1:2:3:4:5:6:7:8, true",
        "ipv6, ::ffff:1.2.3.4, true",
        "ipv6, 1::2::3, false",
        "ipv6, 1:2:3, false",
        "ipv6, 1:2:3:4:5:6:7:8:9, false",
        "ipv6, 1.2.3.4::, false",
        "ipv6, :1, false",
        "date, 2024-02-29, true",
        "date, 2023-02-29, false",
        "byte, AQI=, true",
        "byte, *, false",
        "password, anything, true"
    })
    void knowsTheFormatsOfStrings(String format, String text, boolean holds) {
        assertThat(broken(Primitive.STRING, format(format), text).isEmpty()).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "i8, 127, true",
        "i8, 128, false",
        "i8, -128, true",
        "u8, 255, true",
        "u8, -1, false",
        "u16, 65536, false",
        "i32, 2147483648, false",
        "u32, 4294967295, true",
        "i64, 1, true",
        "u128, -1, false"
    })
    void knowsTheWidthsOfNumbers(String format, String text, boolean holds) {
        assertThat(broken(Primitive.LONG, format(format), text).isEmpty()).isEqualTo(holds);
    }

    @Test
    void knowsTheWidthOfFloats() {
        assertThat(broken(Primitive.DOUBLE, format("f32"), "1e38")).isEmpty();
        assertThat(broken(Primitive.DOUBLE, format("f32"), "1e39")).containsExactly("c.format");
    }

    @Test
    void reportsEveryLimitThatIsBroken() {
        Limits limits = new Limits(null, null, null, null, null, "^x", "uuid", 5, null, false, List.of());
        assertThat(broken(Primitive.STRING, limits, "abc")).containsExactly("c.minLength", "c.pattern", "c.format");
    }
}
