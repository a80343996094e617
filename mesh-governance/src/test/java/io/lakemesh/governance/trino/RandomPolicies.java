package io.lakemesh.governance.trino;

import io.lakemesh.contract.Protection;
import io.lakemesh.governance.trino.PolicyOracle.Condition;
import io.lakemesh.governance.trino.PolicyOracle.Meaning;
import io.lakemesh.governance.trino.PolicyOracle.Policy;
import io.lakemesh.governance.trino.PolicyOracle.Role;
import io.lakemesh.policy.Subject;
import io.lakemesh.protect.KeyRing;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Seeded contracts' roles, readers and rows, from few groups and values, so that roles often apply and filters often pass. */
final class RandomPolicies {
    /** The groups of roles, where they are not of the role's own name. */
    static final Map<String, Set<String>> GROUPS =
            Map.of("clerks", Set.of("east", "west"), "medics", Set.of("west"), "auditors", Set.of("north", "south"));

    /** Readers of few groups; none of the first has any. */
    static final List<Subject> SUBJECTS = new RandomPolicies(91).subjects();

    /** Columns that stand-ins are stored of. */
    private static final Map<String, Protection.Kind> PROTECTED =
            Map.of("person", Protection.Kind.PSEUDONYMIZE, "card", Protection.Kind.TOKENIZE);

    /** Each column's type in a contract, and what masks it. */
    private static final Map<String, Kind> COLUMNS = columns();

    private record Kind(String yaml, List<String> masks) {}

    private final Random random;

    RandomPolicies(long seed) {
        this.random = new Random(seed);
    }

    private static Map<String, Kind> columns() {
        List<String> texts = List.of("null", "constant('it''s')", "constant('')", "first(1)", "first(4)", "last(2)");
        List<String> numbers = List.of("null", "round(1)", "round(0)", "round(-1)", "bands(-1, 0.5, 30)");
        List<String> times = List.of("null", "year", "month", "day", "hour");
        Map<String, Kind> columns = new LinkedHashMap<>();
        columns.put("id", new Kind("integer, required: true", List.of("null", "round(-1)", "bands(0, 30)")));
        columns.put("force", new Kind("string", texts));
        columns.put("owner", new Kind("string", texts));
        columns.put("note", new Kind("string", texts));
        columns.put("longitude", new Kind("number", numbers));
        columns.put("score", new Kind("number, physicalType: float", List.of("null", "round(1)", "round(-1)")));
        columns.put("age", new Kind("integer", List.of("null", "round(-1)", "bands(10, 18, 30)")));
        columns.put("fee", new Kind("number, physicalType: \"decimal(9, 2)\"", numbers));
        columns.put("day", new Kind("date", List.of("null", "year", "month")));
        columns.put("at", new Kind("timestamp, physicalType: timestamptz", times));
        columns.put("seen", new Kind("timestamp", times));
        columns.put("flag", new Kind("boolean", List.of("null")));
        columns.put("uid", new Kind("string, physicalType: uuid", List.of("null")));
        columns.put("person", new Kind("string", List.of("null", "pseudonym", "pseudonym", "last(4)")));
        columns.put("card", new Kind("string", List.of("null", "token", "token", "first(6)", "constant('')")));
        return columns;
    }

    static List<String> names() {
        return List.copyOf(COLUMNS.keySet());
    }

    private List<Subject> subjects() {
        List<String> users = List.of("ada", "o'neil", "zoe");
        List<String> groups = List.of(
                "east",
                "north",
                "south",
                "west",
                "nurses",
                "clerks",
                "purpose:care",
                "purpose:audit",
                "force:kent",
                "force:o'x\"; --",
                "force:essex",
                "unit:a");
        return IntStream.range(0, 20)
                .mapToObj(i -> new Subject(
                        users.get(i % users.size()) + i, i == 0 ? Set.of() : new TreeSet<>(some(groups, 3))))
                .toList();
    }

    Policy policy() {
        List<String> names = new ArrayList<>(List.of("clerks", "medics", "auditors", "nurses", "east"));
        Collections.shuffle(names, random);
        return new Policy(
                names.subList(0, 2 + random.nextInt(3)).stream().map(this::role).toList(), masks(9));
    }

    private Role role(String name) {
        return new Role(
                name,
                GROUPS.getOrDefault(name, Set.of(name)),
                random.nextInt(8) > 0,
                random.nextInt(3) == 0 ? Set.copyOf(some(List.of("care", "audit"), 2)) : Set.of(),
                random.nextInt(4) == 0 ? List.of() : List.of(condition(2)),
                masks(3));
    }

    /** For one in so many of the columns, and every second that stand-ins are stored of. */
    private Map<String, String> masks(int oneOf) {
        Map<String, String> masks = new LinkedHashMap<>();
        COLUMNS.forEach((name, kind) -> {
            if (random.nextInt(PROTECTED.containsKey(name) ? 2 : oneOf) == 0) {
                masks.put(name, random.nextInt(5) == 0 ? "clear" : pick(kind.masks()));
            }
        });
        return masks;
    }

    private Condition condition(int depth) {
        int choice = random.nextInt(5);
        if (depth == 0 || choice < 2) {
            return pick(conditions());
        }
        Condition one = condition(depth - 1);
        Condition other = condition(depth - 1);
        return switch (choice) {
            case 2 -> new Condition("NOT (" + one.text() + ")", PolicyOracle.not(one.meaning()));
            case 3 ->
                new Condition(
                        "(" + one.text() + ") AND (" + other.text() + ")",
                        PolicyOracle.and(one.meaning(), other.meaning()));
            default ->
                new Condition(
                        "(" + one.text() + ") OR (" + other.text() + ")",
                        PolicyOracle.or(one.meaning(), other.meaning()));
        };
    }

    private static List<Condition> conditions() {
        Meaning own = among("force", "force", List.of());
        return List.of(
                new Condition("force = subject.force", own),
                new Condition("subject.force <> force", PolicyOracle.not(own)),
                new Condition("force IN (subject.force, 'met')", among("force", "force", List.of("met"))),
                new Condition("owner = subject.user", among("owner", "user", List.of())),
                new Condition(
                        "'a' = subject.unit",
                        (row, reader) -> reader.attribute("unit").isEmpty()
                                ? null
                                : (Boolean) reader.attribute("unit").contains("a")),
                new Condition("note IS NULL", (row, reader) -> row.get("note") == null),
                test("flag", "flag", value -> (Boolean) value),
                test("age > 17", "age", value -> (Long) value > 17),
                test(
                        "LENGTH(note) >= 3",
                        "note",
                        value -> ((String) value).codePoints().count() >= 3),
                test("UPPER(note) LIKE 'IT''S_%'", "note", value -> ((String) value).matches("(?is)it's.+")),
                test("note MATCHES '[0-9]$'", "note", value -> ((String) value).matches("(?s).*[0-9]")),
                test("longitude < 0.5", "longitude", value -> (Double) value < 0.5),
                test("score >= 1.5", "score", value -> (Float) value >= 1.5 || value.equals(Float.NaN)),
                test(
                        "fee BETWEEN -1.5 AND 20",
                        "fee",
                        value -> Math.abs(((BigDecimal) value).doubleValue() - 9.25) <= 10.75),
                test("day >= '2026-02-15'", "day", value -> !((LocalDate) value).isBefore(LocalDate.of(2026, 2, 15))),
                test("YEAR(seen) = 1969", "seen", value -> ((LocalDateTime) value).getYear() == 1969));
    }

    private static Meaning among(String column, String attribute, List<String> others) {
        return (row, reader) -> {
            List<String> options = reader.attribute(attribute);
            Object value = row.get(column);
            if (value == null) {
                return null;
            }
            boolean among = options.contains(value) || others.contains(value);
            return (!among && options.isEmpty()) ? null : (Boolean) among;
        };
    }

    private static Condition test(String text, String column, Predicate<Object> test) {
        return new Condition(text, (row, reader) -> {
            Object value = row.get(column);
            return value == null ? null : (Boolean) test.test(value);
        });
    }

    /** The columns and the roles of a contract. */
    static String yaml(Policy policy) {
        String columns = COLUMNS.entrySet().stream()
                .map(column -> "      - { name: " + column.getKey() + ", logicalType: "
                        + column.getValue().yaml() + ", customProperties: ["
                        + properties(column.getKey(), policy.masks().get(column.getKey())) + "] }\n")
                .collect(Collectors.joining());
        return "    properties:\n" + columns + "roles:\n"
                + policy.roles().stream().map(RandomPolicies::yaml).collect(Collectors.joining());
    }

    private static String properties(String column, @Nullable String mask) {
        Map<String, String> properties = new TreeMap<>();
        if (mask != null) {
            properties.put("mask", quoted(mask));
        }
        if (PROTECTED.containsKey(column)) {
            properties.put("protection", PROTECTED.get(column).toString());
        }
        return properties.entrySet().stream()
                .map(property -> "{ property: lakemesh." + property.getKey() + ", value: " + property.getValue() + " }")
                .collect(Collectors.joining(", "));
    }

    private static String yaml(Role role) {
        StringBuilder yaml = new StringBuilder("  - role: " + role.name() + "\n");
        yaml.append(role.reads() ? "" : "    access: write\n").append("    customProperties:\n");
        if (!role.purposes().isEmpty()) {
            yaml.append(property("purpose", role.purposes().toString()));
        }
        role.filters().forEach(filter -> yaml.append(property("row-filter", quoted(filter.text()))));
        yaml.append(property(
                "mask",
                role.masks().entrySet().stream()
                        .map(mask -> mask.getKey() + ": " + quoted(mask.getValue()))
                        .collect(Collectors.joining(", ", "{ ", " }"))));
        return yaml.toString();
    }

    private static String property(String name, String value) {
        return "      - { property: lakemesh." + name + ", value: " + value + " }\n";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    List<Map<String, @Nullable Object>> rows(int count) {
        return IntStream.range(0, count).mapToObj(this::row).toList();
    }

    private Map<String, @Nullable Object> row(int id) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        LocalDateTime time = LocalDateTime.of(1969, 12, 31, 22, 59, 59, 999_999_000)
                .plusMinutes(random.nextInt(200))
                .plusDays(random.nextInt(2) * 20_500L);
        row.put("id", (long) id);
        row.put("force", maybe(pick(List.of("kent", "o'x\"; --", "essex", "met"))));
        row.put("owner", maybe(pick(SUBJECTS).user()));
        row.put("note", maybe(pick(List.of("it's 7", "\u00E9\uD83D\uDE00 9", "x", "IT'S \\ % \" 42", "none"))));
        row.put("longitude", maybe(pick(List.of(8.2, -0.57, 0.29, 4.35, -123.456, 31.0, 0.5, 1e9 / 7))));
        row.put("score", maybe(pick(List.of(1.5f, -8.2f, 0.29f, 123.45f))));
        row.put("age", maybe((long) random.nextInt(60)));
        row.put("fee", maybe(BigDecimal.valueOf(random.nextInt(6000) - 2000, 2)));
        row.put("day", maybe(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(90))));
        row.put("at", maybe(time.atOffset(ZoneOffset.UTC)));
        row.put("seen", maybe(time));
        row.put("flag", maybe(random.nextBoolean()));
        row.put("uid", maybe(new UUID(random.nextLong(), random.nextLong())));
        row.put("person", maybe(pick(SUBJECTS).user()));
        row.put("card", maybe(pick(List.of("4111 1111", "\u00E9\uD83D\uDE00", ""))));
        return row;
    }

    /** What a table has of rows. */
    static List<Map<String, @Nullable Object>> stored(List<Map<String, @Nullable Object>> rows, KeyRing keys) {
        List<Map<String, @Nullable Object>> stored = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>(row);
            PROTECTED.forEach(
                    (name, kind) -> changed.computeIfPresent(name, (column, text) -> keys.protector("policing", kind)
                            .maker(column)
                            .apply((String) text)));
            stored.add(changed);
        }
        return stored;
    }

    private @Nullable Object maybe(Object value) {
        return random.nextInt(8) == 0 ? null : value;
    }

    private <T> T pick(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }

    /** From one to so many. */
    private <T> Collection<T> some(List<T> options, int most) {
        List<T> shuffled = new ArrayList<>(options);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, 1 + random.nextInt(most));
    }
}
