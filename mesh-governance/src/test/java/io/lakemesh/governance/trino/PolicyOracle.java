package io.lakemesh.governance.trino;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a contract's roles mean, slow and obvious: in terms of nothing else of Lakemesh. */
final class PolicyOracle {
    private PolicyOracle() {}

    /** A contract's roles, and the masks that its columns have for whatever role has none of its own. */
    record Policy(List<Role> roles, Map<String, String> masks) {}

    record Role(
            String name,
            Set<String> groups,
            boolean reads,
            Set<String> purposes,
            List<Condition> filters,
            Map<String, String> masks) {}

    /** A row filter's text, and what it is of a row: true, false or null for unknown. */
    record Condition(String text, Meaning meaning) {}

    interface Meaning {
        @Nullable
        Boolean of(Map<String, @Nullable Object> row, Reader reader);
    }

    record Reader(String user, Set<String> groups) {
        List<String> attribute(String name) {
            return name.equals("user")
                    ? List.of(user)
                    : groups.stream()
                            .filter(group -> group.startsWith(name + ":"))
                            .map(group -> group.substring(name.length() + 1))
                            .toList();
        }
    }

    /** The rows that somebody sees; empty if they may not read at all. */
    static Optional<List<List<@Nullable Object>>> read(
            Policy policy, Reader reader, List<String> columns, List<Map<String, @Nullable Object>> rows) {
        return deciding(policy, reader).map(role -> rows.stream()
                .filter(row -> role.filters().stream()
                        .allMatch(filter -> Boolean.TRUE.equals(filter.meaning().of(row, reader))))
                .map(row -> columns.stream()
                        .<@Nullable Object>map(column -> shown(mask(policy, role, column), row.get(column)))
                        .toList())
                .toList());
    }

    /** The first role that reads, is the reader's, and is open to what they read for. */
    private static Optional<Role> deciding(Policy policy, Reader reader) {
        for (Role role : policy.roles()) {
            boolean has = !Collections.disjoint(role.groups(), reader.groups());
            boolean open =
                    role.purposes().isEmpty() || !Collections.disjoint(role.purposes(), reader.attribute("purpose"));
            if (role.reads() && has && open) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** The masks that a reader's columns have. */
    static List<String> masks(Policy policy, Reader reader, List<String> columns) {
        return deciding(policy, reader).stream()
                .flatMap(role -> columns.stream().map(column -> mask(policy, role, column)))
                .toList();
    }

    private static String mask(Policy policy, Role role, String column) {
        return role.masks().getOrDefault(column, policy.masks().getOrDefault(column, "clear"));
    }

    static Meaning not(Meaning meaning) {
        return (row, reader) -> {
            Boolean known = meaning.of(row, reader);
            return known == null ? null : (Boolean) !known;
        };
    }

    static Meaning or(Meaning one, Meaning other) {
        return (row, reader) -> {
            List<@Nullable Boolean> both = Arrays.asList(one.of(row, reader), other.of(row, reader));
            return both.contains(true) ? (Boolean) true : both.contains(null) ? null : (Boolean) false;
        };
    }

    static Meaning and(Meaning one, Meaning other) {
        return not(or(not(one), not(other)));
    }

    private static @Nullable Object shown(String mask, @Nullable Object value) {
        String name = mask.replaceFirst("\\(.*", "");
        String argument = mask.replaceFirst("^[a-z]+\\(?", "").replaceFirst("\\)$", "");
        if (name.equals("constant")) {
            return argument.substring(1, argument.length() - 1).replace("''", "'");
        }
        if (name.equals("null") || value == null) {
            return null;
        }
        return switch (name) {
            case "clear", "pseudonym", "token" -> value;
            case "first", "last" -> part(name.equals("first"), Integer.parseInt(argument), (String) value);
            case "round" -> rounded(Integer.parseInt(argument), value);
            case "bands" -> band(argument.split(", "), value);
            default -> value instanceof LocalDate day ? began(name, day) : began(name, value);
        };
    }

    private static String part(boolean first, int length, String text) {
        int[] letters = text.codePoints().toArray();
        if (letters.length <= length) {
            return "***";
        }
        return first
                ? new String(letters, 0, length) + "***"
                : "***" + new String(letters, letters.length - length, length);
    }

    private static Object rounded(int digits, Object number) {
        if (number instanceof Double floating && !Double.isFinite(floating)) {
            return number;
        }
        return like(number, new BigDecimal(number.toString()).setScale(digits, RoundingMode.DOWN));
    }

    private static @Nullable Object band(String[] bounds, Object number) {
        if (number.equals(Double.NaN)) {
            return null;
        }
        return Arrays.stream(bounds)
                .map(BigDecimal::new)
                .filter(bound -> bound.doubleValue() <= ((Number) number).doubleValue())
                .reduce((lower, higher) -> higher)
                .<@Nullable Object>map(bound -> like(number, bound))
                .orElse(null);
    }

    private static Object like(Object number, BigDecimal value) {
        if (number instanceof BigDecimal decimal) {
            return value.setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        }
        if (number instanceof Long) {
            return value.longValueExact();
        }
        return number instanceof Float ? (Object) value.floatValue() : (Object) value.doubleValue();
    }

    private static LocalDate began(String unit, LocalDate day) {
        return unit.equals("year") ? day.withDayOfYear(1) : unit.equals("month") ? day.withDayOfMonth(1) : day;
    }

    private static Object began(String unit, Object time) {
        LocalDateTime local = time instanceof OffsetDateTime instant ? instant.toLocalDateTime() : (LocalDateTime) time;
        LocalDateTime began = unit.equals("hour")
                ? local.truncatedTo(ChronoUnit.HOURS)
                : began(unit, local.toLocalDate()).atStartOfDay();
        return time instanceof OffsetDateTime ? began.atOffset(ZoneOffset.UTC) : began;
    }
}
