package io.lakemesh.contract;

import io.lakemesh.contract.Rule.ServiceLevel.Level;
import io.lakemesh.descriptor.DataContract.SlaProperty;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the service levels of a contract as rules of the tables that their elements name. */
final class ServiceLevelReader {
    private static final Map<String, Level> LEVELS = Map.of(
            "latency", Level.LATENCY,
            "ly", Level.LATENCY,
            "frequency", Level.FREQUENCY,
            "fy", Level.FREQUENCY,
            "retention", Level.RETENTION,
            "re", Level.RETENTION);
    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("sec", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hr", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("w", Duration.ofDays(7)),
            Map.entry("week", Duration.ofDays(7)),
            Map.entry("mo", Duration.ofDays(30)),
            Map.entry("month", Duration.ofDays(30)),
            Map.entry("y", Duration.ofDays(365)),
            Map.entry("yr", Duration.ofDays(365)),
            Map.entry("year", Duration.ofDays(365)));
    private static final BigDecimal LONGEST_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(365_000).toSeconds());
    private static final Set<Primitive> WITH_DATE = Set.of(Primitive.DATE, Primitive.TIMESTAMP, Primitive.TIMESTAMPTZ);

    private final List<SlaProperty> properties;
    private final Problems problems;
    private final Set<String> resolved = new HashSet<>();

    ServiceLevelReader(List<SlaProperty> properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    /** The rules of one table, which may go by several names. */
    List<Rule> rules(List<String> objectNames, Map<String, ColumnContract> columns, RuleIds ids) {
        return properties.stream()
                .flatMap(property -> elements(property).stream()
                        .flatMap(element -> rule(property, element, objectNames, columns, ids).stream()))
                .toList();
    }

    /** Reports the elements that no table had, once all tables are read. */
    void reportUnresolved(List<String> elements) {
        for (SlaProperty property : properties) {
            for (String element : elements(property)) {
                if (!element.isEmpty() && !resolved.contains(element) && LEVELS.containsKey(key(property))) {
                    problems.error(
                            property.node().placeOf("element"),
                            "the element " + Names.quoted(element) + " is no column and no object of the contract"
                                    + NearMatch.hint(element, elements));
                }
            }
        }
    }

    private static String key(SlaProperty property) {
        return property.property().toLowerCase(Locale.ROOT);
    }

    /** The empty text for a service level of every table. */
    private static List<String> elements(SlaProperty property) {
        return property.element() == null
                ? List.of("")
                : Arrays.stream(property.element().split(",", -1))
                        .map(String::strip)
                        .toList();
    }

    private Optional<Rule> rule(
            SlaProperty property,
            String element,
            List<String> objectNames,
            Map<String, ColumnContract> columns,
            RuleIds ids) {
        String column = columnOf(element, objectNames, columns);
        boolean concerns = element.isEmpty() || column != null || objectNames.contains(element);
        if (!concerns) {
            return Optional.empty();
        }
        resolved.add(element);
        Level level = LEVELS.get(key(property));
        String id = ids.derived("sla." + property.property() + (column == null ? "" : "." + column));
        if (level == null) {
            return Optional.of(notChecked(id, property, "only latency, frequency and retention are checked"));
        }
        if (column == null && level == Level.LATENCY) {
            return Optional.of(notChecked(id, property, "it names no column whose age could be told"));
        }
        if (column != null && level != Level.FREQUENCY) {
            checkType(property, columns.get(column));
        }
        if (column != null && columns.get(column) != null && columns.get(column).isProtected()) {
            problems.error(
                    property.node().placeOf("element"),
                    property.property() + " would put an age of a value of column " + Names.quoted(column)
                            + " into reports, and the column is protected");
        }
        return limit(property).map(limit -> new Rule.ServiceLevel(id, level, column, limit));
    }

    private static Rule notChecked(String id, SlaProperty property, String reason) {
        return new Rule.NotChecked(id, "service level " + property.property(), reason);
    }

    private static @Nullable String columnOf(
            String element, List<String> objectNames, Map<String, ColumnContract> columns) {
        if (columns.containsKey(element)) {
            return element;
        }
        return objectNames.stream()
                .filter(object -> element.startsWith(object + "."))
                .map(object -> element.substring(object.length() + 1))
                .filter(columns::containsKey)
                .findFirst()
                .orElse(null);
    }

    private void checkType(SlaProperty property, @Nullable ColumnContract column) {
        if (column != null && !(column.type() instanceof Primitive type && WITH_DATE.contains(type))) {
            problems.error(
                    property.node().placeOf("element"),
                    property.property() + " takes a column of dates or timestamps, found " + Names.quoted(column.name())
                            + " (" + column.type() + ")");
        }
    }

    private Optional<Duration> limit(SlaProperty property) {
        String unit = property.unit() == null ? "" : property.unit().toLowerCase(Locale.ROOT);
        Duration one = Optional.ofNullable(UNITS.get(unit)).orElse(UNITS.get(unit.replaceFirst("s$", "")));
        Place place = property.node().placeOf("unit");
        if (one == null) {
            problems.error(
                    place,
                    property.property() + " needs a unit of time, one of s, min, h, d, w, mo, y, found "
                            + Names.quoted(unit));
            return Optional.empty();
        }
        return duration(property.value().text().orElse(""), one, property);
    }

    private Optional<Duration> duration(String value, Duration unit, SlaProperty property) {
        try {
            BigDecimal seconds = new BigDecimal(value).multiply(BigDecimal.valueOf(unit.toSeconds()));
            if (seconds.signum() >= 0 && seconds.compareTo(LONGEST_SECONDS) <= 0) {
                return Optional.of(Duration.ofSeconds(
                        seconds.setScale(0, RoundingMode.HALF_UP).longValueExact()));
            }
        } catch (NumberFormatException notANumber) {
            // reported below, as a negative one is
        }
        problems.error(
                property.node().placeOf("value"), property.property() + " takes a number from 0 to a thousand years");
        return Optional.empty();
    }
}
