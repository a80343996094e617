package io.lakemesh.contract;

import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one object of a contract as a table. */
final class TableReader {
    private static final double DEFAULT_MAX_QUARANTINED = 0.2;

    private final DataContract contract;
    private final SchemaObject object;
    private final Problems problems;

    TableReader(DataContract contract, SchemaObject object, Problems problems) {
        this.contract = contract;
        this.object = object;
        this.problems = problems;
    }

    TableContract read(String port, TableName table, ServiceLevelReader serviceLevels) {
        OwnProperty.check(object.customProperties(), OwnProperty.Level.OBJECT, problems);
        List<ColumnContract> columns = columns();
        TableSchema schema = new TableSchema(fields(columns), key());
        Map<String, ColumnContract> byName = new LinkedHashMap<>();
        columns.forEach(column -> byName.putIfAbsent(column.name(), column));
        PartitionReader partitions = new PartitionReader(object, byName, problems);
        return new TableContract(
                object.name(),
                port,
                contract.id(),
                contract.version(),
                table,
                object.description() == null ? "" : object.description(),
                schema,
                columns,
                partitions.partition(),
                partitions.sort(),
                maxQuarantined(),
                rules(schema, byName, serviceLevels));
    }

    /** The names that an object goes by: its own, and its {@code physicalName}. */
    static List<String> names(SchemaObject object) {
        return Stream.concat(Stream.of(object.name()), object.node().text("physicalName").stream())
                .distinct()
                .toList();
    }

    private List<ColumnContract> columns() {
        if (object.properties().isEmpty()) {
            problems.error(
                    object.node().place(),
                    "object " + Names.quoted(object.name()) + " has no properties: a table needs a column");
        }
        Set<String> nullTokens = Set.copyOf(contract.customProperties().texts(OwnProperty.NULL_VALUES.key()));
        ColumnReader reader = new ColumnReader(nullTokens, problems);
        Names names = new Names("column", problems);
        object.properties()
                .forEach(property -> names.add(name(property), property.node().placeOf("name")));
        List<ColumnContract> columns =
                object.properties().stream().map(reader::read).toList();
        checkPaths(columns);
        checkSources(columns);
        EncryptedNames.check(object, columns, problems);
        checkRenames();
        return columns;
    }

    private static String name(SchemaProperty property) {
        return String.valueOf(property.name());
    }

    private void checkPaths(List<ColumnContract> columns) {
        Set<String> paths = new HashSet<>();
        ColumnReader.paths(columns, "").stream()
                .filter(path -> !paths.add(path) && path.indexOf('.') >= 0)
                .forEach(path -> problems.error(
                        object.node().placeOf("properties"),
                        "the path " + Names.quoted(path) + " names both a column and a part of a nested one"));
    }

    /** One that is stored as it is must not be read from where a protected one is. */
    private void checkSources(List<ColumnContract> columns) {
        Map<String, String> hidden = new HashMap<>();
        columns.stream().filter(ColumnContract::isProtected).forEach(column -> sources(column)
                .forEach(source -> hidden.put(source, column.name())));
        for (int i = 0; i < columns.size(); i++) {
            ColumnContract column = columns.get(i);
            SchemaProperty property = object.properties().get(i);
            sources(column)
                    .filter(source -> !column.isProtected() && hidden.containsKey(source))
                    .findFirst()
                    .ifPresent(source -> problems.error(
                            property.node().placeOf("name"),
                            "column " + Names.quoted(column.name()) + " may be read from where the protected column "
                                    + Names.quoted(String.valueOf(hidden.get(source)))
                                    + " is, and would be stored as it is; protect it, too"));
        }
    }

    private static Stream<String> sources(ColumnContract column) {
        return Stream.of(column.name(), column.sourceName()).map(name -> name.toLowerCase(Locale.ROOT));
    }

    private void checkRenames() {
        Map<String, String> renamed = new HashMap<>();
        Set<String> present = new HashSet<>();
        object.properties().forEach(property -> present.add(name(property)));
        for (SchemaProperty property : object.properties()) {
            String key = OwnProperty.RENAMED_FROM.key();
            String old = property.customProperties().text(key).orElse(null);
            if (old == null) {
                continue;
            }
            Place place = property.customProperties().placeOf(key);
            if (old.equals(property.name())) {
                problems.error(place, "column " + Names.quoted(old) + " is renamed from itself");
            } else if (present.contains(old)) {
                problems.error(place, key + " names column " + Names.quoted(old) + ", which is still there");
            }
            if (renamed.put(old, name(property)) != null) {
                problems.error(place, "two columns are renamed from " + Names.quoted(old));
            }
        }
    }

    private List<Field> fields(List<ColumnContract> columns) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(ColumnReader.field(
                    columns.get(i), object.properties().get(i).description()));
        }
        return fields;
    }

    private List<String> key() {
        object.properties().forEach(this::refuseNestedKeys);
        List<SchemaProperty> parts = object.properties().stream()
                .filter(SchemaProperty::primaryKey)
                .sorted(Comparator.comparingInt(
                        part -> part.primaryKeyPosition() < 1 ? Integer.MAX_VALUE : part.primaryKeyPosition()))
                .toList();
        Set<Integer> positions = new HashSet<>();
        for (SchemaProperty part : parts) {
            if (part.primaryKeyPosition() >= 1 && !positions.add(part.primaryKeyPosition())) {
                problems.error(
                        part.node().placeOf("primaryKeyPosition"),
                        "two columns have the primaryKeyPosition " + part.primaryKeyPosition());
            }
            if (!part.required() && part.node().get("required").isPresent()) {
                problems.warning(
                        part.node().placeOf("required"),
                        "column " + Names.quoted(name(part)) + " is required, since it is of the primary key");
            }
        }
        reportPositionsWithoutKey();
        return parts.stream().map(TableReader::name).toList();
    }

    private void reportPositionsWithoutKey() {
        object.properties().stream()
                .filter(property -> property.primaryKeyPosition() >= 1 && !property.primaryKey())
                .forEach(property -> problems.error(
                        property.node().placeOf("primaryKeyPosition"),
                        "column " + Names.quoted(name(property))
                                + " has a primaryKeyPosition, but no primaryKey: true"));
    }

    private void refuseNestedKeys(SchemaProperty property) {
        Stream.concat(property.properties().stream(), Stream.ofNullable(property.items()))
                .forEach(part -> {
                    if (part.primaryKey() || part.unique() || part.partitioned()) {
                        problems.error(
                                part.node().place(),
                                "a part of the nested column cannot be primaryKey, unique or partitioned, only a column can");
                    }
                    refuseNestedKeys(part);
                });
    }

    private double maxQuarantined() {
        String key = OwnProperty.MAX_QUARANTINED.key();
        if (object.customProperties().get(key).isEmpty()) {
            return DEFAULT_MAX_QUARANTINED;
        }
        try {
            double share = new BigDecimal(object.customProperties().text(key).orElse("")).doubleValue();
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, as one out of range is
        }
        problems.error(object.customProperties().placeOf(key), key + " is a share of rows, a number from 0 to 1");
        return DEFAULT_MAX_QUARANTINED;
    }

    private List<Rule> rules(
            TableSchema schema, Map<String, ColumnContract> columns, ServiceLevelReader serviceLevels) {
        RuleIds ids = new RuleIds(problems);
        List<Rule> rules = new ArrayList<>();
        if (!schema.key().isEmpty()) {
            schema.key().forEach(name -> checkComparable(name, columns, "primaryKey"));
            rules.add(new Rule.Unique(ids.derived("primaryKey"), schema.key(), true));
        }
        RuleReader reader = new RuleReader(schema, names(object), ids, problems);
        for (SchemaProperty property : object.properties()) {
            if (property.unique() && !schema.key().equals(List.of(name(property)))) {
                checkComparable(name(property), columns, "unique");
                rules.add(new Rule.Unique(ids.derived(name(property) + ".unique"), List.of(name(property)), false));
            }
            property.quality().forEach(rule -> reader.read(rule, name(property)).ifPresent(rules::add));
            nestedRules(property, name(property), reader, rules);
        }
        object.quality().forEach(rule -> reader.read(rule, null).ifPresent(rules::add));
        rules.addAll(serviceLevels.rules(names(object), columns, ids));
        return rules;
    }

    private static void nestedRules(SchemaProperty property, String path, RuleReader reader, List<Rule> rules) {
        Stream.concat(property.properties().stream(), Stream.ofNullable(property.items()))
                .forEach(part -> {
                    String partPath = path + "." + (part.name() == null ? "element" : part.name());
                    part.quality().forEach(rule -> rules.add(reader.nested(rule, partPath)));
                    nestedRules(part, partPath, reader, rules);
                });
    }

    /** Values that differ must stay different, and those that are equal must stay equal. */
    private void refuseOthers(String name, @Nullable ColumnContract column, String key) {
        if (column != null && column.isProtected() && !isDeterministic(column.protection())) {
            String effect = column.protection() instanceof Keyed ? "makes equal values differ" : "makes values alike";
            object.properties().stream()
                    .filter(property -> name.equals(property.name()))
                    .forEach(property -> problems.error(
                            property.node().placeOf(key),
                            "column " + Names.quoted(name) + " cannot be " + key + ", since it is protected by "
                                    + column.protection() + ", which " + effect));
        }
    }

    private static boolean isDeterministic(@Nullable Protection protection) {
        return protection instanceof Keyed keyed && keyed.kind().isDeterministic();
    }

    private void checkComparable(String name, Map<String, ColumnContract> columns, String key) {
        ColumnContract column = columns.get(name);
        DataType type = column == null ? Primitive.STRING : column.type();
        boolean floating = type == Primitive.FLOAT || type == Primitive.DOUBLE;
        refuseOthers(name, column, key);
        if (!type.isPrimitive() || (floating && key.equals("primaryKey"))) {
            object.properties().stream()
                    .filter(property -> name.equals(property.name()))
                    .forEach(property -> problems.error(
                            property.node().placeOf(key),
                            "column " + Names.quoted(name) + " (" + type + ") cannot be " + key));
        }
    }
}
