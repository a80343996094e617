package io.lakemesh.contract;

import io.lakemesh.contract.TableContract.PartitionField;
import io.lakemesh.contract.TableContract.PartitionField.Transform;
import io.lakemesh.contract.TableContract.SortField;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads an object's hidden partitioning and its sort order. */
final class PartitionReader {
    private static final Pattern TRANSFORM = Pattern.compile("(\\w+)\\s*\\((?:\\s*(\\d{1,9})\\s*,)?\\s*(.+?)\\s*\\)");
    private static final Pattern SORT = Pattern.compile("(.+?)(?:\\s+(asc|desc))?", Pattern.CASE_INSENSITIVE);
    private static final Set<Transform> OF_TIME =
            Set.of(Transform.YEAR, Transform.MONTH, Transform.DAY, Transform.HOUR);
    private static final Set<String> NOT_PERSONAL = Set.of("public", "internal");

    private final SchemaObject object;
    private final Map<String, ColumnContract> columns;
    private final Problems problems;

    PartitionReader(SchemaObject object, Map<String, ColumnContract> columns, Problems problems) {
        this.object = object;
        this.columns = columns;
        this.problems = problems;
    }

    List<PartitionField> partition() {
        String key = OwnProperty.PARTITION.key();
        Place place = object.customProperties().placeOf(key);
        boolean given = object.customProperties().get(key).isPresent();
        List<PartitionField> fields = given
                ? object.customProperties().texts(key).stream()
                        .flatMap(text -> transform(text, place))
                        .toList()
                : flagged().map(this::identity).toList();
        if (given) {
            flagged()
                    .filter(property ->
                            fields.stream().noneMatch(field -> field.column().equals(property.name())))
                    .forEach(property -> problems.error(
                            property.node().placeOf("partitioned"),
                            "column " + Names.quoted(String.valueOf(property.name())) + " is partitioned, but " + key
                                    + " does not have it"));
        }
        checkTogether(fields, place);
        return fields;
    }

    private Stream<SchemaProperty> flagged() {
        return object.properties().stream()
                .filter(SchemaProperty::partitioned)
                .sorted(Comparator.comparingInt(property ->
                        property.partitionKeyPosition() < 1 ? Integer.MAX_VALUE : property.partitionKeyPosition()));
    }

    private PartitionField identity(SchemaProperty property) {
        PartitionField field = new PartitionField(Transform.IDENTITY, 0, String.valueOf(property.name()));
        check(field, property.node().placeOf("partitioned"));
        return field;
    }

    private Stream<PartitionField> transform(String text, Place place) {
        Matcher matcher = TRANSFORM.matcher(text.strip());
        if (!matcher.matches()) {
            return checked(new PartitionField(Transform.IDENTITY, 0, text.strip()), place);
        }
        Optional<Transform> transform = Stream.of(Transform.values())
                .filter(candidate -> candidate.name().equalsIgnoreCase(matcher.group(1)))
                .findFirst();
        boolean needsNumber = transform.filter(PartitionReader::takesNumber).isPresent();
        int number = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        if (transform.isEmpty() || needsNumber != (number > 0)) {
            List<String> names = Stream.of(Transform.values())
                    .map(name -> name.name().toLowerCase(Locale.ROOT))
                    .toList();
            problems.error(
                    place,
                    "invalid partition " + Names.quoted(text)
                            + ", expected a column or one of year(c), month(c), day(c), hour(c),"
                            + " bucket(n, c), truncate(n, c)"
                            + NearMatch.hint(matcher.group(1), transform.isPresent() ? List.of() : names));
            return Stream.empty();
        }
        return checked(new PartitionField(transform.get(), number, matcher.group(3)), place);
    }

    private static boolean takesNumber(Transform transform) {
        return transform == Transform.BUCKET || transform == Transform.TRUNCATE;
    }

    private Stream<PartitionField> checked(PartitionField field, Place place) {
        return check(field, place) ? Stream.of(field) : Stream.empty();
    }

    private boolean check(PartitionField field, Place place) {
        ColumnContract column = columns.get(field.column());
        if (column == null) {
            problems.error(place, "the partition names " + unknown(field.column()));
            return false;
        }
        if (!accepts(field.transform(), column.type())) {
            problems.error(
                    place,
                    "cannot partition column " + Names.quoted(column.name()) + " (" + column.type() + ") by "
                            + field.transform().name().toLowerCase(Locale.ROOT));
            return false;
        }
        Optional<String> fault = protectionFault(field, column);
        if (fault.isPresent()) {
            problems.error(place, fault.get());
            return false;
        }
        boolean shows = field.transform() == Transform.IDENTITY || field.transform() == Transform.TRUNCATE;
        String classification = column.classification();
        if (shows && classification != null && !NOT_PERSONAL.contains(classification.toLowerCase(Locale.ROOT))) {
            problems.error(
                    place,
                    "cannot partition by the values of column " + Names.quoted(column.name()) + ", which is classified "
                            + Names.quoted(classification)
                            + ": they would stand in file paths; use bucket or a transform of time");
            return false;
        }
        return true;
    }

    /** Rows are laid out by what is stored: nothing where that is the same for all, and a path for each person is too many. */
    private static Optional<String> protectionFault(PartitionField field, ColumnContract column) {
        String effect = null;
        if (column.protection() instanceof Protection.Plain) {
            effect = ": every row would have the same value";
        } else if (column.protection() instanceof Protection.Keyed keyed) {
            effect = !keyed.kind().isDeterministic()
                    ? ": every row would have another value"
                    : field.transform() == Transform.BUCKET ? null : "; use bucket";
        }
        return Optional.ofNullable(effect)
                .map(found -> "cannot partition by column " + Names.quoted(column.name()) + ", which is protected by "
                        + column.protection() + found);
    }

    private String unknown(String name) {
        return Names.quoted(name) + ", which is no column of the table" + NearMatch.hint(name, columns.keySet());
    }

    private static boolean accepts(Transform transform, DataType type) {
        boolean instant = type == Primitive.TIMESTAMP || type == Primitive.TIMESTAMPTZ;
        return switch (transform) {
            case IDENTITY -> type.isPrimitive();
            case YEAR, MONTH, DAY -> instant || type == Primitive.DATE;
            case HOUR -> instant;
            case BUCKET ->
                type.isPrimitive() && type != Primitive.BOOLEAN && type != Primitive.FLOAT && type != Primitive.DOUBLE;
            case TRUNCATE ->
                type == Primitive.INT
                        || type == Primitive.LONG
                        || type == Primitive.STRING
                        || type == Primitive.BINARY
                        || type instanceof DataType.Decimal;
        };
    }

    /** Iceberg names a partition field by column and transform, all of time alike, and refuses names that are taken. */
    private void checkTogether(List<PartitionField> fields, Place place) {
        Set<String> taken = new HashSet<>();
        for (PartitionField field : fields) {
            String kind = OF_TIME.contains(field.transform())
                    ? "time"
                    : field.transform().name();
            if (!taken.add(kind + " " + field.column())) {
                problems.error(
                        place, "column " + Names.quoted(field.column()) + " is partitioned twice in the same way");
            }
            String name = partitionName(field);
            if (field.transform() != Transform.IDENTITY && columns.containsKey(name)) {
                problems.error(
                        place,
                        "the partition's name " + Names.quoted(name) + " is also a column's: rename that column");
            }
        }
    }

    private static String partitionName(PartitionField field) {
        String suffix = field.transform() == Transform.TRUNCATE
                ? "trunc"
                : field.transform().name().toLowerCase(Locale.ROOT);
        return field.column() + "_" + suffix;
    }

    List<SortField> sort() {
        String key = OwnProperty.SORT.key();
        Place place = object.customProperties().placeOf(key);
        List<SortField> fields = new ArrayList<>();
        for (String text : object.customProperties().texts(key)) {
            SortField field = sortField(text.strip());
            ColumnContract column = columns.get(field.column());
            if (column == null) {
                problems.error(place, "the sort order names " + unknown(field.column()));
            } else if (!column.type().isPrimitive()) {
                problems.error(
                        place, "cannot sort by column " + Names.quoted(column.name()) + " (" + column.type() + ")");
            } else if (column.protection() instanceof Protection.Plain) {
                problems.error(
                        place,
                        "cannot sort by column " + Names.quoted(column.name()) + ", which is protected by "
                                + column.protection() + ": every row would have the same value");
            } else if (fields.stream().anyMatch(other -> other.column().equals(field.column()))) {
                problems.error(place, "the sort order names column " + Names.quoted(column.name()) + " twice");
            } else {
                fields.add(field);
            }
        }
        return fields;
    }

    private SortField sortField(String text) {
        Matcher matcher = SORT.matcher(text);
        return columns.containsKey(text) || !matcher.matches()
                ? new SortField(text, true)
                : new SortField(matcher.group(1), !"desc".equalsIgnoreCase(matcher.group(2)));
    }
}
