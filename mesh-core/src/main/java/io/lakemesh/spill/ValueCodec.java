package io.lakemesh.spill;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values as bytes: equal values have equal bytes. */
public final class ValueCodec {
    private static final int NULL = 0;
    private static final int PRESENT = 1;

    private ValueCodec() {}

    public static void write(DataType type, @Nullable Object value, ByteWriter out) {
        out.putByte(value == null ? NULL : PRESENT);
        if (value == null) {
            return;
        }
        if (type instanceof DataType.Primitive primitive) {
            writePrimitive(primitive, value, out);
        } else if (type instanceof DataType.Decimal) {
            writeDecimal((BigDecimal) value, out);
        } else if (type instanceof DataType.Struct struct) {
            writeStruct(struct, (Row) value, out);
        } else if (type instanceof DataType.ListOf list) {
            writeList(list.element(), (List<?>) value, out);
        } else if (type instanceof DataType.MapOf map) {
            writeMap(map, (Map<?, ?>) value, out);
        }
    }

    private static void writePrimitive(DataType.Primitive type, Object value, ByteWriter out) {
        switch (type) {
            case BOOLEAN -> out.putByte((Boolean) value ? 1 : 0);
            case INT, LONG -> out.putLong(((Number) value).longValue());
            case FLOAT, DOUBLE -> out.putFixed(Double.doubleToLongBits(((Number) value).doubleValue()));
            case DATE -> out.putLong(((LocalDate) value).toEpochDay());
            case TIME -> out.putLong(((LocalTime) value).toNanoOfDay());
            case TIMESTAMP -> out.putLong(micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
            case TIMESTAMPTZ -> out.putLong(micros(((OffsetDateTime) value).toInstant()));
            case STRING -> out.putText((String) value);
            case UUID -> writeUuid((UUID) value, out);
            case BINARY -> writeBinary((ByteBuffer) value, out);
        }
    }

    private static void writeUuid(UUID value, ByteWriter out) {
        out.putFixed(value.getMostSignificantBits());
        out.putFixed(value.getLeastSignificantBits());
    }

    private static void writeBinary(ByteBuffer value, ByteWriter out) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        out.putBytes(bytes);
    }

    private static void writeDecimal(BigDecimal value, ByteWriter out) {
        out.putLong(value.scale());
        out.putBytes(value.unscaledValue().toByteArray());
    }

    private static void writeStruct(DataType.Struct struct, Row row, ByteWriter out) {
        for (int i = 0; i < struct.fields().size(); i++) {
            write(struct.fields().get(i).type(), row.get(i), out);
        }
    }

    private static void writeList(Field element, List<?> items, ByteWriter out) {
        out.putLong(items.size());
        items.forEach(item -> write(element.type(), item, out));
    }

    private static void writeMap(DataType.MapOf type, Map<?, ?> map, ByteWriter out) {
        out.putLong(map.size());
        map.entrySet().stream()
                .map(entry -> entryBytes(type, entry))
                .sorted(Arrays::compare)
                .forEach(entry -> out.putAll(entry, 0, entry.length));
    }

    private static byte[] entryBytes(DataType.MapOf type, Map.Entry<?, ?> entry) {
        ByteWriter bytes = new ByteWriter();
        write(type.key().type(), entry.getKey(), bytes);
        write(type.value().type(), entry.getValue(), bytes);
        return Arrays.copyOf(bytes.bytes(), bytes.length());
    }

    public static @Nullable Object read(DataType type, ByteReader in) {
        if (in.readByte() == NULL) {
            return null;
        }
        if (type instanceof DataType.Primitive primitive) {
            return readPrimitive(primitive, in);
        }
        if (type instanceof DataType.Decimal) {
            int scale = (int) in.readLong();
            return new BigDecimal(new BigInteger(in.readBytes()), scale);
        }
        if (type instanceof DataType.Struct struct) {
            return readStruct(struct, in);
        }
        return type instanceof DataType.ListOf list ? readList(list.element(), in) : readMap((DataType.MapOf) type, in);
    }

    private static Object readPrimitive(DataType.Primitive type, ByteReader in) {
        return switch (type) {
            case BOOLEAN -> in.readByte() == 1;
            case INT -> (int) in.readLong();
            case LONG -> in.readLong();
            case FLOAT -> (float) Double.longBitsToDouble(in.readFixed());
            case DOUBLE -> Double.longBitsToDouble(in.readFixed());
            case DATE -> LocalDate.ofEpochDay(in.readLong());
            case TIME -> LocalTime.ofNanoOfDay(in.readLong());
            case TIMESTAMP -> instant(in.readLong()).atOffset(ZoneOffset.UTC).toLocalDateTime();
            case TIMESTAMPTZ -> instant(in.readLong()).atOffset(ZoneOffset.UTC);
            case STRING -> in.readText();
            case UUID -> readUuid(in);
            case BINARY -> ByteBuffer.wrap(in.readBytes()).asReadOnlyBuffer();
        };
    }

    private static UUID readUuid(ByteReader in) {
        long most = in.readFixed();
        return new UUID(most, in.readFixed());
    }

    private static Row readStruct(DataType.Struct struct, ByteReader in) {
        List<String> names = struct.fields().stream().map(Field::name).toList();
        List<@Nullable Object> values = new ArrayList<>(names.size());
        struct.fields().forEach(field -> values.add(read(field.type(), in)));
        return new Row(names, values);
    }

    private static List<@Nullable Object> readList(Field element, ByteReader in) {
        int size = (int) in.readLong();
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(read(element.type(), in));
        }
        return Collections.unmodifiableList(items);
    }

    private static Map<Object, @Nullable Object> readMap(DataType.MapOf type, ByteReader in) {
        int size = (int) in.readLong();
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Object key = Objects.requireNonNull(read(type.key().type(), in));
            map.put(key, read(type.value().type(), in));
        }
        return Collections.unmodifiableMap(map);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
