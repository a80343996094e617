package io.lakemesh.contract;

import io.lakemesh.descriptor.CustomProperties;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The custom properties that are ours, and the levels of a descriptor that each may stand at. */
public enum OwnProperty {
    NULL_VALUES("null-values"),
    SOURCE_NAME("source-name"),
    RENAMED_FROM("renamed-from"),
    PARTITION("partition"),
    SORT("sort"),
    MAX_QUARANTINED("max-quarantined"),
    ON_FAILURE("on-failure"),
    RELATIVE_TO("relative-to"),
    ROW_FILTER("row-filter"),
    MASK("mask"),
    REVEAL("reveal"),
    PURPOSE("purpose"),
    PROTECTION("protection"),
    NOT_PERSONAL("not-personal");

    /** Where custom properties stand. */
    public enum Level {
        PRODUCT("a product"),
        PORT("a port"),
        CONTRACT("a contract"),
        OBJECT("a schema object"),
        PROPERTY("a property"),
        RULE("a quality rule"),
        ROLE("a role");

        private final String described;

        Level(String described) {
            this.described = described;
        }
    }

    private final String key;

    OwnProperty(String name) {
        this.key = CustomProperties.PREFIX + name;
    }

    private List<Level> levels() {
        return switch (this) {
            case NULL_VALUES -> List.of(Level.CONTRACT, Level.PROPERTY);
            case SOURCE_NAME, RENAMED_FROM -> List.of(Level.PROPERTY);
            case PARTITION, SORT, MAX_QUARANTINED -> List.of(Level.OBJECT);
            case ON_FAILURE, RELATIVE_TO -> List.of(Level.RULE);
            case ROW_FILTER, PURPOSE, REVEAL -> List.of(Level.ROLE);
            case PROTECTION, NOT_PERSONAL -> List.of(Level.PROPERTY);
            case MASK -> List.of(Level.PROPERTY, Level.ROLE);
        };
    }

    /** The property's name in a descriptor. */
    public String key() {
        return key;
    }

    /** Reports what has our prefix and is not known, or not known at this level, or stands twice. */
    static void check(CustomProperties properties, Level level, Problems problems) {
        properties.values().keySet().stream()
                .filter(name -> name.startsWith(CustomProperties.PREFIX))
                .forEach(name -> check(name, level, properties.placeOf(name), problems));
        properties.repeated().forEach((name, place) -> {
            if (name.startsWith(CustomProperties.PREFIX)) {
                problems.error(place, Names.quoted(name) + " stands twice, also in " + properties.placeOf(name));
            }
        });
    }

    private static void check(String name, Level level, Place place, Problems problems) {
        Optional<OwnProperty> known =
                Arrays.stream(values()).filter(own -> own.key.equals(name)).findFirst();
        if (known.isEmpty()) {
            List<String> keys = Arrays.stream(values()).map(OwnProperty::key).toList();
            problems.error(
                    place,
                    "unknown property " + Names.quoted(name) + ", expected one of " + String.join(", ", keys)
                            + NearMatch.hint(name, keys));
        } else if (!known.get().levels().contains(level)) {
            problems.error(
                    place,
                    name + " cannot stand at " + level.described + ", only at "
                            + String.join(
                                    " or ",
                                    known.get().levels().stream()
                                            .map(allowed -> allowed.described)
                                            .toList()));
        }
    }
}
