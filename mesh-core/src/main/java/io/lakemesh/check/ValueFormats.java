package io.lakemesh.check;

import io.lakemesh.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The {@code format} of {@code logicalTypeOptions}: what a string must look like, or how wide a number may be. */
final class ValueFormats {
    private static final TextPattern EMAIL = TextPattern.of(
            "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
                    + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$",
            "email");
    private static final TextPattern HOSTNAME = TextPattern.of(
            "^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$",
            "hostname");
    private static final TextPattern IPV4 =
            TextPattern.of("^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.|$)){4}$", "ipv4");
    private static final int LONGEST_HOSTNAME = 253;

    private ValueFormats() {}

    /** Null for formats that are not checked. */
    static @Nullable Predicate<Cell> of(DataType type, String format) {
        String name = format.toLowerCase(Locale.ROOT);
        if (type == DataType.Primitive.STRING) {
            Predicate<String> test = ofString(name);
            return test == null ? null : cell -> test.test((String) Objects.requireNonNull(cell.object));
        }
        return ofNumber(type, name);
    }

    private static @Nullable Predicate<String> ofString(String format) {
        return switch (format) {
            case "email" -> EMAIL::matches;
            case "uuid" -> ValueFormats::isUuid;
            case "uri" -> ValueFormats::isUri;
            case "hostname" -> text -> text.length() <= LONGEST_HOSTNAME && HOSTNAME.matches(text);
            case "ipv4" -> ValueFormats::isIpv4;
            case "ipv6" -> Ipv6::isAddress;
            case "date" -> ValueFormats::isDate;
            case "byte" -> ValueFormats::isBase64;
            default -> null;
        };
    }

    private static boolean isIpv4(String text) {
        return !text.endsWith(".") && IPV4.matches(text);
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable Predicate<Cell> ofNumber(DataType type, String format) {
        if (format.equals("f32") && type == DataType.Primitive.DOUBLE) {
            return cell -> Float.isFinite((float) cell.number);
        }
        boolean width = format.matches("[iu](8|16|32|64|128)");
        return width ? within(type, Integer.parseInt(format.substring(1)), format.charAt(0) == 'i') : null;
    }

    private static Predicate<Cell> within(DataType type, int bits, boolean signed) {
        BigInteger top = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
        BigDecimal least = new BigDecimal(signed ? top.negate() : BigInteger.ZERO);
        BigDecimal most = new BigDecimal(top.subtract(BigInteger.ONE));
        return cell -> {
            BigDecimal value = number(type, cell);
            return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        };
    }

    private static BigDecimal number(DataType type, Cell cell) {
        if (type instanceof DataType.Decimal) {
            return (BigDecimal) Objects.requireNonNull(cell.object);
        }
        return type == DataType.Primitive.INT || type == DataType.Primitive.LONG
                ? BigDecimal.valueOf(cell.whole)
                : new BigDecimal(cell.number);
    }
}
