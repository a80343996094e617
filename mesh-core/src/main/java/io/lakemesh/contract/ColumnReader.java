package io.lakemesh.contract;

import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.document.Node;
import io.lakemesh.error.Problems;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a contract's properties as columns: their types, how they are read, and their limits. */
final class ColumnReader {
    private final Set<String> contractNullTokens;
    private final Problems problems;

    ColumnReader(Set<String> contractNullTokens, Problems problems) {
        this.contractNullTokens = contractNullTokens;
        this.problems = problems;
    }

    /** A column of a table. */
    ColumnContract read(SchemaProperty property) {
        return read(property, String.valueOf(property.name()), false);
    }

    /** A field of an object, or the element of an array: protected as a whole column only. */
    private ColumnContract readPart(SchemaProperty property, String name) {
        String key = OwnProperty.PROTECTION.key();
        if (property.customProperties().get(key).isPresent()) {
            problems.error(
                    property.customProperties().placeOf(key),
                    "a part of the nested column cannot be protected, only a column can");
        }
        return read(property, name, true);
    }

    /** The field of a column in its table's schema. */
    static Field field(ColumnContract column, @Nullable String doc) {
        return new Field(Field.UNASSIGNED, column.name(), column.type(), column.required(), doc);
    }

    private ColumnContract read(SchemaProperty property, String name, boolean part) {
        OwnProperty.check(property.customProperties(), OwnProperty.Level.PROPERTY, problems);
        ownText(property, OwnProperty.NOT_PERSONAL, "the reason why its values are no personal data");
        List<ColumnContract> children = children(property);
        PhysicalType resolved = new TypeReader(property, children, problems).resolve();
        ZoneId zone = zone(property);
        Set<String> fields = resolved.type() instanceof DataType.Struct struct
                ? struct.fields().stream().map(Field::name).collect(Collectors.toSet())
                : Set.of();
        Limits limits = new LimitsReader(property, resolved.type(), zone, problems).read(resolved.maxLength(), fields);
        return new ColumnContract(
                name,
                ownText(property, OwnProperty.SOURCE_NAME, "a column's name").orElse(name),
                ownText(property, OwnProperty.RENAMED_FROM, "a column's name").orElse(null),
                resolved.type(),
                property.required() || property.primaryKey(),
                nullTokens(property),
                format(property, resolved.type()),
                zone,
                limits,
                children.isEmpty() ? inherited(resolved.type()) : children,
                property.classification(),
                part
                        ? null
                        : new ProtectionReader(property, resolved.type(), resolved.maxLength(), limits, problems)
                                .read());
    }

    private List<ColumnContract> children(SchemaProperty property) {
        if (property.items() != null) {
            return List.of(readPart(property.items(), "element"));
        }
        Names names = new Names("property", problems);
        property.properties()
                .forEach(child ->
                        names.add(String.valueOf(child.name()), child.node().placeOf("name")));
        return property.properties().stream()
                .map(child -> readPart(child, String.valueOf(child.name())))
                .toList();
    }

    /** The parts of a nested type that only {@code physicalType} describes. */
    private List<ColumnContract> inherited(DataType type) {
        if (type instanceof DataType.Struct struct) {
            return struct.fields().stream().map(this::plain).toList();
        }
        if (type instanceof DataType.ListOf list) {
            return List.of(plain(list.element()));
        }
        return type instanceof DataType.MapOf map ? List.of(plain(map.key()), plain(map.value())) : List.of();
    }

    private ColumnContract plain(Field field) {
        return new ColumnContract(
                field.name(),
                field.name(),
                null,
                field.type(),
                field.required(),
                contractNullTokens,
                null,
                ZoneOffset.UTC,
                Limits.NONE,
                inherited(field.type()),
                null);
    }

    private Optional<String> ownText(SchemaProperty property, OwnProperty own, String expected) {
        boolean given = property.customProperties().get(own.key()).isPresent();
        Optional<String> text = property.customProperties().text(own.key()).filter(value -> !value.isBlank());
        if (given && text.isEmpty()) {
            problems.error(
                    property.customProperties().placeOf(own.key()), own.key() + " is empty, expected " + expected);
        }
        return text;
    }

    private Set<String> nullTokens(SchemaProperty property) {
        Set<String> tokens = new LinkedHashSet<>(contractNullTokens);
        tokens.addAll(property.customProperties().texts(OwnProperty.NULL_VALUES.key()));
        return tokens;
    }

    private @Nullable String format(SchemaProperty property, DataType type) {
        boolean temporal = List.of(Primitive.DATE, Primitive.TIME, Primitive.TIMESTAMP, Primitive.TIMESTAMPTZ)
                .contains(type);
        Node.Mapping options = property.logicalTypeOptions();
        String format = temporal ? options.text("format").orElse(null) : null;
        if (format != null) {
            TemporalFormat.fault(format)
                    .ifPresent(fault -> problems.error(
                            options.placeOf("format"),
                            "format " + Names.quoted(format) + " is none of Java's DateTimeFormatter: " + fault));
        }
        return format;
    }

    private ZoneId zone(SchemaProperty property) {
        Node.Mapping options = property.logicalTypeOptions();
        String zone = options.text("defaultTimezone").orElse("Z");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            problems.error(
                    options.placeOf("defaultTimezone"),
                    "unknown time zone " + Names.quoted(zone) + ", expected one such as 'Europe/London' or 'UTC'");
            return ZoneOffset.UTC;
        }
    }

    /** Every column and each of its parts, by path: {@code a}, {@code a.b}, {@code a.element}. */
    static List<String> paths(List<ColumnContract> columns, String prefix) {
        List<String> paths = new ArrayList<>();
        for (ColumnContract column : columns) {
            paths.add(prefix + column.name());
            paths.addAll(paths(column.children(), prefix + column.name() + "."));
        }
        return paths;
    }
}
