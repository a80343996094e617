package io.lakemesh.iceberg.file;

import io.lakemesh.error.InvalidInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Parquet's primitive types with their annotations; nanoseconds are cut to microseconds. */
final class ParquetPrimitive {
    private static final int JULIAN_DAY_OF_1970 = 2_440_588;

    private ParquetPrimitive() {}

    static ParquetValues.Primitive of(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> Group::getBoolean;
            case FLOAT -> Group::getFloat;
            case DOUBLE -> Group::getDouble;
            case INT32 -> int32(type);
            case INT64 -> int64(type);
            case INT96 -> (group, field, index) -> int96(group.getInt96(field, index));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(type);
        };
    }

    private static ParquetValues.Primitive int32(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (meaning instanceof DateLogicalTypeAnnotation) {
            return (group, field, index) -> LocalDate.ofEpochDay(group.getInteger(field, index));
        }
        if (meaning instanceof TimeLogicalTypeAnnotation) {
            return (group, field, index) -> LocalTime.ofNanoOfDay(group.getInteger(field, index) * 1_000_000L);
        }
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return (group, field, index) -> BigDecimal.valueOf(group.getInteger(field, index), decimal.getScale());
        }
        if (isUnsigned(meaning)) {
            return (group, field, index) -> Integer.toUnsignedLong(group.getInteger(field, index));
        }
        return isPlainNumber(meaning) ? Group::getInteger : refuse(type);
    }

    private static ParquetValues.Primitive int64(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
            return timestamp(timestamp);
        }
        if (meaning instanceof TimeLogicalTypeAnnotation time) {
            return (group, field, index) -> {
                Instant sinceMidnight = instant(group.getLong(field, index), time.getUnit());
                return sinceMidnight.atOffset(ZoneOffset.UTC).toLocalTime();
            };
        }
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return (group, field, index) -> BigDecimal.valueOf(group.getLong(field, index), decimal.getScale());
        }
        if (isUnsigned(meaning)) {
            return (group, field, index) -> new BigInteger(Long.toUnsignedString(group.getLong(field, index)));
        }
        return isPlainNumber(meaning) ? Group::getLong : refuse(type);
    }

    private static ParquetValues.Primitive timestamp(TimestampLogicalTypeAnnotation timestamp) {
        if (timestamp.isAdjustedToUTC()) {
            return (group, field, index) ->
                    instant(group.getLong(field, index), timestamp.getUnit()).atOffset(ZoneOffset.UTC);
        }
        return (group, field, index) -> instant(group.getLong(field, index), timestamp.getUnit())
                .atOffset(ZoneOffset.UTC)
                .toLocalDateTime();
    }

    private static ParquetValues.Primitive bytes(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (meaning instanceof StringLogicalTypeAnnotation
                || meaning instanceof EnumLogicalTypeAnnotation
                || meaning instanceof JsonLogicalTypeAnnotation) {
            return (group, field, index) -> group.getBinary(field, index).toStringUsingUTF8();
        }
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return (group, field, index) ->
                    new BigDecimal(new BigInteger(group.getBinary(field, index).getBytes()), decimal.getScale());
        }
        if (meaning instanceof UUIDLogicalTypeAnnotation) {
            return (group, field, index) -> uuid(group.getBinary(field, index));
        }
        return meaning == null
                ? (group, field, index) -> ByteBuffer.wrap(
                                group.getBinary(field, index).getBytes())
                        .asReadOnlyBuffer()
                : refuse(type);
    }

    private static boolean isUnsigned(@Nullable LogicalTypeAnnotation meaning) {
        return meaning instanceof IntLogicalTypeAnnotation integer && !integer.isSigned();
    }

    private static boolean isPlainNumber(@Nullable LogicalTypeAnnotation meaning) {
        return meaning == null || meaning instanceof IntLogicalTypeAnnotation;
    }

    private static ParquetValues.Primitive refuse(PrimitiveType type) {
        throw new InvalidInputException("Cannot read column " + Shown.name(type.getName()) + ": its Parquet type "
                + type.getPrimitiveTypeName() + " (" + type.getLogicalTypeAnnotation() + ") has no counterpart");
    }

    private static Instant instant(long value, TimeUnit unit) {
        ChronoUnit java =
                switch (unit) {
                    case MILLIS -> ChronoUnit.MILLIS;
                    case MICROS -> ChronoUnit.MICROS;
                    case NANOS -> ChronoUnit.NANOS;
                };
        return Instant.EPOCH.plus(value, java).truncatedTo(ChronoUnit.MICROS);
    }

    /** Nanoseconds of a Julian day, as Impala and older Spark write instants. */
    private static OffsetDateTime int96(Binary twelveBytes) {
        ByteBuffer bytes = ByteBuffer.wrap(twelveBytes.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        long day = bytes.getInt() - (long) JULIAN_DAY_OF_1970;
        return Instant.EPOCH
                .plus(day, ChronoUnit.DAYS)
                .plusNanos(nanos)
                .truncatedTo(ChronoUnit.MICROS)
                .atOffset(ZoneOffset.UTC);
    }

    private static UUID uuid(Binary sixteenBytes) {
        ByteBuffer bytes = ByteBuffer.wrap(sixteenBytes.getBytes());
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
