package io.lakemesh.mask;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Seeded masks, and values that lie close together, so that masks often show the same of two. */
final class RandomMasks {
    static final DataType MONEY = new DataType.Decimal(9, 2);
    static final DataType HUGE = new DataType.Decimal(38, 0);
    static final DataType LIST = new DataType.ListOf(Field.optional(1, "element", Primitive.LONG));

    private static final List<String> TEXTS = List.of("", "a", "ab", "abc", "abcd", "abce", "xbcd", "\uD83D\uDE00");
    private static final List<Double> NUMBERS = List.of(
            0.0,
            -0.0,
            8.2,
            8.19,
            0.29,
            -0.57,
            4.35,
            0.7,
            0.7 - Math.ulp(0.7) / 2,
            Math.nextDown(0.7),
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MAX_VALUE,
            -1e300,
            Double.MIN_VALUE,
            0x1p53);

    private final Random random;

    RandomMasks(long seed) {
        this.random = new Random(seed);
    }

    static List<DataType> types() {
        List<DataType> types = new ArrayList<>(List.of(Primitive.values()));
        types.addAll(List.of(MONEY, HUGE, LIST));
        return types;
    }

    Mask any() {
        return switch (random.nextInt(9)) {
            case 0 -> Mask.Plain.CLEAR;
            case 1 -> Mask.Plain.NULL;
            case 2 -> new Mask.Constant(pick(List.of("", "x", "it's", "','", " \uD83D\uDE00) ")));
            case 3 -> new Mask.Part(pick(List.of(Mask.Part.Side.values())), 1 + random.nextInt(4));
            case 4 -> new Mask.Rounded(random.nextInt(20) - 10);
            case 5 -> new Mask.Rounded(random.nextInt(4) - 2);
            case 6 -> new Mask.Truncated(pick(List.of(Mask.Truncated.Unit.values())));
            case 7 -> pick(List.of(Mask.StandIn.values()));
            default -> Mask.parse("bands(" + bounds() + ")");
        };
    }

    private String bounds() {
        TreeSet<BigDecimal> bounds = new TreeSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bounds.add(new BigDecimal(pick(List.of("-10", "-0.5", "0", "0.29", "5", "8.2", "100"))));
        }
        return String.join(", ", bounds.stream().map(BigDecimal::toPlainString).toList());
    }

    /** One that has no fault for a type. */
    Mask of(DataType type) {
        Mask mask = any();
        return mask.fault(type).isEmpty() ? mask : of(type);
    }

    @Nullable
    Object value(DataType type) {
        if (random.nextInt(10) == 0) {
            return null;
        }
        if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(java.math.BigInteger.valueOf(random.nextInt(4000) - 2000L), decimal.scale());
        }
        return type instanceof Primitive primitive ? primitive(primitive) : List.of(1L);
    }

    private Object primitive(Primitive type) {
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt(5) == 0 ? pick(List.of(Integer.MIN_VALUE, Integer.MAX_VALUE)) : small();
            case LONG ->
                random.nextInt(5) == 0 ? pick(List.of(Long.MIN_VALUE, Long.MAX_VALUE)) : (Object) (long) small();
            case FLOAT -> random.nextInt(3) == 0 ? (Object) pick(NUMBERS).floatValue() : (Object) (small() / 100f);
            case DOUBLE -> random.nextInt(3) == 0 ? pick(NUMBERS) : (Object) (small() / 100.0);
            case DATE -> day();
            case TIME -> LocalTime.ofSecondOfDay(random.nextInt(86_400));
            case TIMESTAMP -> time();
            case TIMESTAMPTZ -> time().atOffset(ZoneOffset.UTC);
            case STRING -> pick(TEXTS) + pick(TEXTS);
            case UUID -> new UUID(0, random.nextInt(3));
            case BINARY ->
                ByteBuffer.wrap(new byte[] {(byte) random.nextInt(3)}).asReadOnlyBuffer();
        };
    }

    private int small() {
        return random.nextInt(2400) - 1200;
    }

    private LocalDate day() {
        return LocalDate.ofEpochDay(
                random.nextInt(5) == 0 ? pick(List.of(-719_162L, 2_932_896L)) : random.nextInt(800) - 400);
    }

    private LocalDateTime time() {
        return day().atTime(
                        random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(2) * 999_999_000);
    }

    private <T> T pick(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }
}
