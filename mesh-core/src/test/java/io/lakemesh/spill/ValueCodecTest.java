package io.lakemesh.spill;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ValueCodecTest {
    private static final DataType SCORES =
            new DataType.MapOf(Field.required(1, "key", Primitive.STRING), Field.optional(2, "value", Primitive.INT));

    private static Object copy(DataType type, Object value) {
        ByteWriter out = new ByteWriter();
        ValueCodec.write(type, value, out);
        return ValueCodec.read(type, new ByteReader(out.bytes(), 0, out.length()));
    }

    @Test
    void readsBackEveryType() {
        Map<DataType, Object> values = new LinkedHashMap<>();
        values.put(Primitive.BOOLEAN, true);
        values.put(Primitive.INT, -7);
        values.put(Primitive.LONG, Long.MIN_VALUE);
        values.put(Primitive.FLOAT, 1.5f);
        values.put(Primitive.DOUBLE, -0.0);
        values.put(Primitive.DATE, LocalDate.of(1969, 12, 31));
        values.put(Primitive.TIME, LocalTime.of(23, 59, 59, 999_999_000));
        values.put(Primitive.TIMESTAMP, LocalDateTime.of(1900, 1, 1, 1, 1, 1, 1000));
        values.put(Primitive.TIMESTAMPTZ, OffsetDateTime.parse("2024-01-31T23:20:00.000001Z"));
        values.put(Primitive.STRING, "ü𝒳");
        values.put(Primitive.UUID, new UUID(1, -2));
        values.put(Primitive.BINARY, ByteBuffer.wrap(new byte[] {1, 2}));
        values.put(new DataType.Decimal(9, 2), new BigDecimal("-12.30"));
        values.put(
                new DataType.Struct(
                        List.of(Field.optional(1, "a", Primitive.LONG), Field.optional(2, "b", Primitive.STRING))),
                new Row(List.of("a", "b"), Arrays.asList(1L, null)));
        values.put(new DataType.ListOf(Field.optional(1, "element", Primitive.LONG)), Arrays.asList(1L, null));
        values.put(SCORES, Map.of("a", 1, "b", 2));

        values.forEach((type, value) ->
                assertThat(copy(type, value)).as(type.toString()).isEqualTo(value));
        assertThat(copy(Primitive.STRING, null)).isNull();
    }

    @Test
    void givesEqualMapsEqualBytes() {
        Map<String, Integer> forth = new LinkedHashMap<>();
        forth.put("a", 1);
        forth.put("b", 2);
        Map<String, Integer> back = new LinkedHashMap<>();
        back.put("b", 2);
        back.put("a", 1);

        assertThat(bytes(forth)).isEqualTo(bytes(back));
    }

    private static byte[] bytes(Object value) {
        ByteWriter out = new ByteWriter();
        ValueCodec.write(SCORES, value, out);
        return Arrays.copyOf(out.bytes(), out.length());
    }
}
