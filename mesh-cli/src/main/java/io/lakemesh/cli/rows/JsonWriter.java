package io.lakemesh.cli.rows;

import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.schema.Row;
import java.io.PrintWriter;

/** One JSON document whose last key, {@code rows}, is written row by row. */
public final class JsonWriter implements RowWriter {
    private final PrintWriter out;
    private boolean first = true;

    /** Begins with what {@code head} holds. */
    public JsonWriter(PrintWriter out, Node.Mapping head) {
        this.out = out;
        String text = Json.write(head);
        out.print(text.substring(0, text.lastIndexOf('}')).stripTrailing());
        out.print(head.entries().isEmpty() ? "" : ",");
        out.print("\n  \"rows\": [");
    }

    @Override
    public void write(Row row) {
        out.print(first ? "\n    " : ",\n    ");
        out.print(Json.writeCompact(Values.node(row)));
        first = false;
    }

    @Override
    public void finish() {
        out.println(first ? "]\n}" : "\n  ]\n}");
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
