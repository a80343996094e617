package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.Read;
import io.lakemesh.Rows;
import io.lakemesh.cli.rows.JsonWriter;
import io.lakemesh.cli.rows.ParquetWriter;
import io.lakemesh.cli.rows.RowWriter;
import io.lakemesh.cli.rows.TableWriter;
import io.lakemesh.cli.rows.TextFileWriter;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.history.Release;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mesh read}. */
@Command(
        name = "read",
        description = "Reads a product's rows, of any release.",
        footer = {
            "  mesh read essex/stop-and-search@1 --where \"outcome = 'Arrest' AND MONTH(searched_at) = 1\" \\",
            "      --columns searched_at,legislation,outcome --limit 5"
        })
final class ReadCommand implements Callable<Integer> {
    private static final long SHOWN = 20;

    private final MeshCommand mesh;

    @Parameters(paramLabel = "PRODUCT[@RELEASE]", description = Descriptions.PRODUCT_AT)
    private String product;

    @Option(
            names = "--object",
            paramLabel = "OBJECT",
            description = "which of the product's objects, where it has several")
    private @Nullable String object;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "only rows for which this is true, in SQL's words")
    private @Nullable String where;

    @Option(
            names = "--columns",
            paramLabel = "COLUMN",
            description = "only these, in this order, with commas between them; by default all")
    private List<String> asked = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "at most so many rows; a table for people shows 20, unless told otherwise")
    private @Nullable Long limit;

    @Option(names = "--to", paramLabel = "FILE", description = "writes a .csv, .jsonl or .parquet file instead")
    private @Nullable Path file;

    private List<String> columns = List.of();

    ReadCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        columns = asked.stream()
                .flatMap(names -> ColumnNames.split(names).stream())
                .toList();
        ProductArgument argument = ProductArgument.parse(product);
        try (Mesh opened = mesh.open()) {
            Product found = opened.product(argument.product());
            Release release = found.history().find(argument.release());
            Read read = found.read().release(release.number()).columns(columns).limit(limit());
            if (object != null) {
                read.object(object);
            }
            if (where != null) {
                read.where(where);
            }
            copy(found, release, read);
            return ExitCode.DONE;
        }
    }

    private long limit() {
        if (limit == null) {
            return isTable() ? SHOWN : Long.MAX_VALUE;
        }
        if (limit < 0) {
            throw new InvalidInputException("Invalid --limit: expected a number of rows, 0 or more");
        }
        return limit;
    }

    private boolean isTable() {
        return file == null && mesh.output == OutputFormat.text;
    }

    private void copy(Product found, Release release, Read read) {
        long count = 0;
        try (Rows rows = read.rows();
                RowWriter writer = writer(found, release, schema(release))) {
            for (Row row : rows) {
                writer.write(row);
                count++;
            }
        }
        conclude(found, release, count);
    }

    /** The columns of the rows that are read; their names are known to be right. */
    private TableSchema schema(Release release) {
        TableSchema all = release.manifest().tables().stream()
                .filter(table -> object == null || table.object().equals(object))
                .findFirst()
                .orElseThrow()
                .schema();
        return columns.isEmpty()
                ? all
                : new TableSchema(
                        columns.stream()
                                .map(column -> all.field(all.position(column).orElseThrow()))
                                .toList(),
                        List.of());
    }

    private void conclude(Product found, Release release, long count) {
        if (file != null) {
            mesh.screen().message("Wrote " + count + " rows of release " + release.number() + " to " + file);
        } else if (isTable() && limit == null && count == SHOWN) {
            mesh.screen()
                    .message("The first " + SHOWN + " rows of release " + release.number() + " of " + found.address()
                            + "; --limit N shows more, --to FILE writes them all");
        } else if (isTable() && count == 0) {
            mesh.screen().message("No rows");
        }
    }

    private RowWriter writer(Product found, Release release, TableSchema schema) {
        List<String> names = schema.fields().stream().map(field -> field.name()).toList();
        if (file == null) {
            return isTable()
                    ? new TableWriter(mesh.screen(), names)
                    : new JsonWriter(mesh.screen().out(), head(found, release));
        }
        String name = file.toString();
        if (name.endsWith(".csv")) {
            return TextFileWriter.csv(file, names);
        }
        if (name.endsWith(".jsonl")) {
            return TextFileWriter.jsonLines(file);
        }
        if (name.endsWith(".parquet")) {
            return new ParquetWriter(file, schema);
        }
        throw new InvalidInputException(
                "Cannot write " + file + ": expected a name that ends in .csv, .jsonl or .parquet");
    }

    private static Node.Mapping head(Product found, Release release) {
        return Node.mapping()
                .put("product", found.address().toString())
                .put("release", release.number())
                .build();
    }
}
