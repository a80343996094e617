package io.lakemesh.bench;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The benchmark's contract in DuckDB's SQL. */
final class DuckDbSql {
    static final List<String> SETTINGS =
            List.of("SET threads = 2", "SET TimeZone = 'UTC'", "SET preserve_insertion_order = false");

    /** A column: its name, how its text is read, and when its text breaks the contract. */
    private record Column(String name, String type, String breaks) {
        boolean isText() {
            return type.equals("VARCHAR");
        }

        /** The text as it is in the file, under the column's own name where it is the value too. */
        String raw() {
            return isText() ? name : name + "_raw";
        }

        String converted() {
            return "TRY_CAST(" + raw() + " AS " + type + ") AS " + name;
        }

        /** True for a text that is not of the type, or whose value breaks the contract. */
        String check() {
            String notOfType = isText() ? "" : name + " IS NULL AND " + raw() + " IS NOT NULL";
            return "coalesce("
                    + List.of(notOfType, breaks).stream()
                            .filter(text -> !text.isEmpty())
                            .map(text -> "(" + text + ")")
                            .collect(joining(" OR "))
                    + ", false)";
        }

        boolean isChecked() {
            return !isText() || !breaks.isEmpty();
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("id", "BIGINT", "id IS NULL"),
            new Column(
                    "search_type",
                    "VARCHAR",
                    "search_type NOT IN ('Person search', 'Vehicle search', 'Person and Vehicle search')"),
            new Column(
                    "searched_at",
                    "TIMESTAMPTZ",
                    "searched_at IS NULL OR searched_at < TIMESTAMPTZ '2020-01-01 00:00:00+00'"
                            + " OR searched_at >= TIMESTAMPTZ '2020-02-01 00:00:00+00'"),
            new Column("in_operation", "BOOLEAN", ""),
            new Column("operation", "VARCHAR", ""),
            new Column("latitude", "DOUBLE", "latitude NOT BETWEEN 49.8 AND 60.9"),
            new Column("longitude", "DOUBLE", "longitude NOT BETWEEN -8.7 AND 1.8"),
            new Column("gender", "VARCHAR", "gender NOT IN ('Male', 'Female', 'Other')"),
            new Column("age_range", "VARCHAR", ""),
            new Column("self_defined_ethnicity", "VARCHAR", ""),
            new Column(
                    "officer_defined_ethnicity",
                    "VARCHAR",
                    "officer_defined_ethnicity NOT IN ('Asian', 'Black', 'Mixed', 'Other', 'White')"),
            new Column(
                    "legislation",
                    "VARCHAR",
                    "legislation IS NULL OR NOT regexp_matches(legislation, 'Act [0-9]{4} \\(section')"),
            new Column(
                    "object_of_search",
                    "VARCHAR",
                    "object_of_search NOT IN ('Anything to threaten or harm anyone', 'Article for use in theft',"
                            + " 'Articles for use in criminal damage', 'Controlled drugs',"
                            + " 'Evidence of offences under the Act', 'Firearms', 'Fireworks',"
                            + " 'Game or poaching equipment', 'Offensive weapons', 'Psychoactive substances',"
                            + " 'Stolen goods')"),
            new Column(
                    "outcome",
                    "VARCHAR",
                    "outcome NOT IN ('A no further action disposal', 'Arrest', 'Caution (simple or conditional)',"
                            + " 'Community resolution', 'Khat or Cannabis warning', 'Penalty Notice for Disorder',"
                            + " 'Summons / charged by post')"),
            new Column("outcome_linked_to_object", "BOOLEAN", ""),
            new Column("clothing_removed", "BOOLEAN", ""));

    private DuckDbSql() {}

    /** The file's rows, each with its raw texts, its typed values and whether it is bad. */
    static String rows(Path csv) {
        String typed = COLUMNS.stream()
                .filter(column -> !column.isText())
                .map(Column::converted)
                .collect(joining(", "));
        return "(SELECT *, " + isBad() + " AS is_bad FROM (SELECT *, " + typed + " FROM " + csv(csv) + "))";
    }

    static String copyGood(String rows, Path file) {
        String names = COLUMNS.stream().map(Column::name).collect(joining(", "));
        String ids = IntStream.range(0, COLUMNS.size())
                .mapToObj(i -> COLUMNS.get(i).name() + ": " + (i + 1))
                .collect(joining(", "));
        return "COPY (SELECT " + names + " FROM " + rows + " WHERE NOT is_bad) TO '" + file
                + "' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, FIELD_IDS {" + ids + "})";
    }

    static String copyBad(String rows, Path file) {
        String raw = COLUMNS.stream().map(Column::raw).collect(joining(", "));
        return "COPY (SELECT " + raw + ", " + reasons() + " AS reasons FROM " + rows + " WHERE is_bad) TO '" + file
                + "' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3)";
    }

    private static String csv(Path file) {
        String columns = COLUMNS.stream()
                .map(column -> "'" + column.raw() + "': 'VARCHAR'")
                .collect(joining(", "));
        return "read_csv('" + file + "', header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
                + " new_line = '\\n', columns = {" + columns + "})";
    }

    private static String isBad() {
        return COLUMNS.stream().filter(Column::isChecked).map(Column::check).collect(joining(" OR "));
    }

    private static String reasons() {
        return "list_filter(["
                + COLUMNS.stream()
                        .filter(Column::isChecked)
                        .map(column -> "CASE WHEN " + column.check() + " THEN '" + column.name() + "' END")
                        .collect(joining(", "))
                + "], reason -> reason IS NOT NULL)";
    }
}
