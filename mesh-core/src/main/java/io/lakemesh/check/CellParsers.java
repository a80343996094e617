package io.lakemesh.check;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.schema.DataType;

/** Which parser reads which type, and how a failure is called. */
final class CellParsers {
    private CellParsers() {}

    /** The parser of a column, or of a part of a nested one, that stands at a path. */
    static CellParser of(ColumnContract column, String path) {
        if (column.type() instanceof DataType.Primitive primitive) {
            return of(primitive, column);
        }
        return column.type() instanceof DataType.Decimal decimal
                ? new DecimalParser(decimal)
                : new NestedParser(NestedConformer.of(column, path));
    }

    private static CellParser of(DataType.Primitive type, ColumnContract column) {
        return switch (type) {
            case BOOLEAN -> new BooleanParser();
            case INT -> IntegerParser.ofInt();
            case LONG -> IntegerParser.ofLong();
            case FLOAT -> NumberParser.ofFloat();
            case DOUBLE -> NumberParser.ofDouble();
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> new TemporalParser(column);
            case STRING -> new TextParsers.OfString();
            case UUID -> new TextParsers.OfUuid();
            case BINARY -> new TextParsers.OfBinary();
        };
    }

    /** The message of a value that is not of the type. */
    static String refusal(ColumnContract column) {
        if (column.type() instanceof DataType.Primitive primitive) {
            String format = column.format();
            return "not a valid " + name(primitive) + (isTemporal(primitive) && format != null ? " as " + format : "");
        }
        return "not a valid " + (column.type() instanceof DataType.Decimal decimal ? decimal : family(column.type()));
    }

    private static String name(DataType.Primitive type) {
        return switch (type) {
            case INT -> "integer of 32 bits";
            case LONG -> "integer";
            case FLOAT, DOUBLE -> "number";
            case TIMESTAMP -> "timestamp without a time zone";
            case TIMESTAMPTZ -> "timestamp";
            case STRING -> "text";
            case BINARY -> "base64 text";
            default -> type.toString();
        };
    }

    private static boolean isTemporal(DataType.Primitive type) {
        return switch (type) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
            default -> false;
        };
    }

    private static String family(DataType type) {
        if (type instanceof DataType.Struct) {
            return "object";
        }
        return type instanceof DataType.ListOf ? "list" : "map";
    }
}
