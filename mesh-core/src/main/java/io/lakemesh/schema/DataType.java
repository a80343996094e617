package io.lakemesh.schema;

import java.util.List;

/**
 * The type of a column or of a part of it; the same families as Iceberg's format v2. {@code toString()} gives Iceberg's name of
 * it ({@code long}, {@code decimal(9, 2)}, {@code timestamptz}).
 *
 * <p>Values in Java: {@code Boolean}, {@code Integer}, {@code Long}, {@code Float}, {@code Double}, {@code BigDecimal},
 * {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime}, {@code OffsetDateTime} (UTC), {@code String}, {@code UUID},
 * {@code ByteBuffer} (read-only), {@link Row}, {@code List}, {@code Map}. Times have microseconds.
 */
public sealed interface DataType {
    /** The types without parameters. */
    enum Primitive implements DataType {
        BOOLEAN,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMPTZ,
        STRING,
        UUID,
        BINARY;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A fixed-point number: precision 1 to 38, scale 0 to precision. */
    record Decimal(int precision, int scale) implements DataType {
        @Override
        public String toString() {
            return "decimal(" + precision + ", " + scale + ")";
        }
    }

    /** Named fields. */
    record Struct(List<Field> fields) implements DataType {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return "struct<"
                    + String.join(", ", fields.stream().map(Field::toString).toList()) + ">";
        }
    }

    /** A list; its element is a field of its own, named {@code element}. */
    record ListOf(Field element) implements DataType {
        @Override
        public String toString() {
            return "list<" + element.type() + ">";
        }
    }

    /** A map; its key and value are fields of their own, named {@code key} (always required) and {@code value}. */
    record MapOf(Field key, Field value) implements DataType {
        @Override
        public String toString() {
            return "map<" + key.type() + ", " + value.type() + ">";
        }
    }

    /** Whether this is neither struct, list nor map. */
    default boolean isPrimitive() {
        return this instanceof Primitive || this instanceof Decimal;
    }
}
