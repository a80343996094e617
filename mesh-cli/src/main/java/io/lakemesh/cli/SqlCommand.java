package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.rows.RowWriter;
import io.lakemesh.document.Node;
import io.lakemesh.run.Query;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mesh sql}. */
@Command(
        name = "sql",
        description = "Runs a statement on the Trino that mesh.yaml names; Ctrl-C cancels it there, too.",
        footer = {
            "  mesh sql \"SELECT outcome, count(*) FROM essex.stop_and_search_searches_v1 FOR VERSION AS OF 'r1' GROUP BY outcome\""
        },
        exitCodeList = {
            "0:done",
            "2:the statement is wrong, or mesh.yaml names no Trino",
            "4:Trino does not let this user do it",
            "6:Trino cannot be reached, or failed"
        })
final class SqlCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "SQL", description = "one statement in Trino's SQL")
    private String sql;

    @Mixin
    private RowOptions options = new RowOptions();

    SqlCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        long limit = options.limit(mesh.output);
        try (Mesh opened = mesh.open();
                Query query = opened.query(sql);
                ProgressLine progress = ProgressLine.ofQuery(mesh.screen(), query)) {
            long count = CancelOnExit.reading(query, mesh.screen(), () -> read(query, limit, progress));
            progress.erase();
            conclude(query, count);
            return ExitCode.DONE;
        }
    }

    private long read(Query query, long limit, ProgressLine progress) {
        Row first = limit == 0 ? null : query.next();
        if (!options.isFile()) {
            progress.erase();
        }
        return copy(query, first, limit);
    }

    private void conclude(Query query, long count) {
        if (query.schema().fields().isEmpty()) {
            OptionalLong changed = query.changed();
            mesh.screen().message("Done" + (changed.isPresent() ? ": " + changed.getAsLong() + " rows" : ""));
        } else {
            options.conclude(mesh, count, "");
        }
    }

    private long copy(Query query, @Nullable Row first, long limit) {
        try (RowWriter writer = options.writer(mesh, query.schema(), head(query.schema()))) {
            long count = 0;
            for (Row row = first; row != null; row = count < limit ? query.next() : null) {
                writer.write(row);
                count++;
            }
            writer.finish();
            return count;
        }
    }

    private static Node.Mapping head(TableSchema schema) {
        return Node.mapping()
                .put("columns", schema.fields().stream().map(SqlCommand::column).toList())
                .build();
    }

    private static Node column(Field field) {
        return Node.mapping()
                .put("name", field.name())
                .put("type", field.type().toString())
                .build();
    }
}
