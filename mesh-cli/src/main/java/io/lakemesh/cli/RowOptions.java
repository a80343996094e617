package io.lakemesh.cli;

import io.lakemesh.cli.rows.JsonWriter;
import io.lakemesh.cli.rows.RowFiles;
import io.lakemesh.cli.rows.RowWriter;
import io.lakemesh.cli.rows.TableWriter;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many rows a command shows, and where. */
final class RowOptions {
    private static final long SHOWN = 20;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "at most so many rows; a table for people shows 20, unless told otherwise")
    private @Nullable Long limit;

    @Option(names = "--to", paramLabel = "FILE", description = "writes a .csv, .jsonl or .parquet file instead")
    private @Nullable Path file;

    long limit(OutputFormat output) {
        if (limit == null) {
            return isTable(output) ? SHOWN : Long.MAX_VALUE;
        }
        if (limit < 0) {
            throw new InvalidInputException("Invalid --limit: expected a number of rows, 0 or more");
        }
        return limit;
    }

    boolean isFile() {
        return file != null;
    }

    private boolean isTable(OutputFormat output) {
        return file == null && output == OutputFormat.text;
    }

    /** Where the rows go; as JSON, behind what {@code head} holds. */
    RowWriter writer(MeshCommand mesh, TableSchema schema, Node.Mapping head) {
        if (file != null) {
            return RowFiles.start(file, schema);
        }
        return isTable(mesh.output)
                ? new TableWriter(
                        mesh.screen(), schema.fields().stream().map(Field::name).toList())
                : new JsonWriter(mesh.screen().out(), head);
    }

    /** Tells people what they see; {@code source} goes on after "rows". */
    void conclude(MeshCommand mesh, long count, String source) {
        if (file != null) {
            mesh.screen().message("Wrote " + count + " rows" + source + " to " + file);
        } else if (isTable(mesh.output) && limit == null && count == SHOWN) {
            mesh.screen()
                    .message("The first " + SHOWN + " rows" + source
                            + "; --limit N shows more, --to FILE writes them all");
        } else if (isTable(mesh.output) && count == 0) {
            mesh.screen().message("No rows");
        }
    }
}
