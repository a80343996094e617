package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.Batch;
import io.lakemesh.run.Query;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.server.TrinoServer;
import io.lakemesh.trino.TrinoQueryEngine;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows in an Iceberg table of Trino's, numbered from 0. */
final class TrinoTable {
    /** The column that holds a row's number. */
    static final String ROW = "\"row number\"";

    private final String name;

    private TrinoTable(String name) {
        this.name = name;
    }

    /** Makes a table in a folder, and makes sure that it holds what it should. */
    static TrinoTable of(Path folder, Batch batch) {
        Map<String, String> properties = new HashMap<>(TrinoServer.localFiles());
        properties.put("iceberg.catalog.type", "TESTING_FILE_METASTORE");
        properties.put("hive.metastore.catalog.dir", folder.toUri().toString());
        String schema = TrinoServer.shared().catalog("iceberg", properties) + ".tests";
        TrinoServer.shared().run("CREATE SCHEMA " + schema);
        TrinoTable table = new TrinoTable(schema + ".everything");
        table.create(batch.schema());
        table.insert(batch);
        assertThat(table.select(columns(batch.schema())))
                .isEqualTo(IntStream.range(0, batch.size())
                        .mapToObj(row -> batch.row(row).values())
                        .toList());
        return table;
    }

    private static List<String> columns(TableSchema schema) {
        return schema.fields().stream()
                .map(field -> SqlLiterals.name(field.name()))
                .toList();
    }

    private void create(TableSchema schema) {
        String columns = schema.fields().stream()
                .map(field -> SqlLiterals.name(field.name()) + " " + SqlLiterals.type(field.type()))
                .collect(Collectors.joining(", "));
        TrinoServer.shared().run("CREATE TABLE " + name + " (" + ROW + " integer, " + columns + ")");
    }

    private void insert(Batch batch) {
        String rows = IntStream.range(0, batch.size())
                .mapToObj(row -> "(" + row + ", " + values(batch, row) + ")")
                .collect(Collectors.joining(", "));
        TrinoServer.shared().run("INSERT INTO " + name + " VALUES " + rows);
    }

    private static String values(Batch batch, int row) {
        return IntStream.range(0, batch.schema().size())
                .mapToObj(column -> value(
                        batch.column(column).get(row),
                        batch.schema().field(column).type()))
                .collect(Collectors.joining(", "));
    }

    private static String value(@Nullable Object value, DataType type) {
        if (value instanceof ByteBuffer bytes) {
            byte[] content = new byte[bytes.remaining()];
            bytes.duplicate().get(content);
            return "X'" + HexFormat.of().formatHex(content) + "'";
        }
        return "CAST(" + SqlLiterals.constant(value, type) + " AS " + SqlLiterals.type(type) + ")";
    }

    /** A template as SQL. */
    static String sql(SqlTemplate template, Field column) {
        return template.parts().stream()
                .map(part -> part instanceof SqlTemplate.Text text ? text.sql() : SqlLiterals.name(column.name()))
                .collect(Collectors.joining());
    }

    /** The values of expressions, row by row. */
    List<List<@Nullable Object>> select(List<String> expressions) {
        return ask("SELECT " + String.join(", ", expressions) + " FROM " + name + " ORDER BY " + ROW);
    }

    /** The numbers of the rows that each of the conditions passes. */
    List<List<Integer>> where(List<String> conditions) {
        List<List<Integer>> passed = conditions.stream()
                .<List<Integer>>map(unused -> new ArrayList<>())
                .toList();
        String each = IntStream.range(0, conditions.size())
                .mapToObj(i -> "SELECT " + i + ", " + ROW + " FROM " + name + " WHERE " + conditions.get(i))
                .collect(Collectors.joining(" UNION ALL "));
        ask(each + " ORDER BY 1, 2")
                .forEach(row -> passed.get((Integer) row.get(0)).add((Integer) row.get(1)));
        return passed;
    }

    /** What LOWER and UPPER make of every letter that they change, by code point. */
    static Map<Integer, List<String>> cases() {
        Map<Integer, List<String>> cases = new HashMap<>();
        ask("SELECT * FROM (SELECT letter, lower(chr(letter)) AS lower, upper(chr(letter)) AS upper"
                        + " FROM UNNEST(sequence(0, 271)) AS blocks (block)"
                        + " CROSS JOIN UNNEST(sequence(block * 4096, block * 4096 + 4095)) AS letters (letter)"
                        + " WHERE letter NOT BETWEEN 55296 AND 57343)"
                        + " WHERE lower <> chr(letter) OR upper <> chr(letter)")
                .forEach(row ->
                        cases.put(((Number) row.get(0)).intValue(), List.of((String) row.get(1), (String) row.get(2))));
        return cases;
    }

    /** The types of the expressions' values. */
    List<DataType> types(List<String> expressions) {
        try (Query query = query("SELECT " + String.join(", ", expressions) + " FROM " + name)) {
            return query.schema().fields().stream().map(Field::type).toList();
        }
    }

    private static List<List<@Nullable Object>> ask(String sql) {
        try (Query query = query(sql)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (Row row = query.next(); row != null; row = query.next()) {
                rows.add(row.values());
            }
            return rows;
        }
    }

    private static Query query(String sql) {
        return new TrinoQueryEngine().query(Map.of("url", TrinoServer.shared().url(), "user", "analyst"), sql);
    }
}
