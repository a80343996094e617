package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.document.Node;
import io.lakemesh.steward.SyncResult;

/** What the stewards' tables got. */
public record SyncReport(SyncResult result) implements Report {
    @Override
    public Node json() {
        return Node.mapping()
                .put("rows", result.rows())
                .put("left", result.left())
                .build();
    }

    @Override
    public void print(Screen screen) {
        TextTable table = TextTable.of("table", ">new rows");
        result.rows().forEach((name, rows) -> table.row(name, Words.count(rows)));
        table.print(screen);
        result.left().forEach(left -> screen.line(Style.WARNING, "Left out: " + left));
    }
}
