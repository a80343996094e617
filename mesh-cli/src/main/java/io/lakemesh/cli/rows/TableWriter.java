package io.lakemesh.cli.rows;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.cli.text.TextTable.Cell;
import io.lakemesh.schema.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as a table for people; it keeps them until it is finished, so give it few. */
public final class TableWriter implements RowWriter {
    private static final int WIDEST = 40;

    private final Screen screen;
    private final TextTable table;

    public TableWriter(Screen screen, List<String> columns) {
        this.screen = screen;
        this.table = TextTable.plain(columns);
    }

    @Override
    public void write(Row row) {
        table.row(row.values().stream().map(TableWriter::cell).toArray());
    }

    private static Cell cell(@Nullable Object value) {
        if (value == null) {
            return new Cell(Style.FAINT, "null");
        }
        String text = Values.text(value);
        return new Cell(
                Style.PLAIN,
                text.codePointCount(0, text.length()) > WIDEST
                        ? text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…"
                        : text);
    }

    @Override
    public void finish() {
        table.print(screen);
    }

    @Override
    public void close() {}
}
