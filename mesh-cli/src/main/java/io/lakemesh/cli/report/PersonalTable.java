package io.lakemesh.cli.report;

import io.lakemesh.classify.Proposal;
import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The columns that look personal, and why. */
final class PersonalTable {
    private PersonalTable() {}

    static Node json(Map<String, Proposal> personal) {
        List<Node> columns = new ArrayList<>();
        personal.forEach((column, proposal) -> columns.add(Node.mapping()
                .put("column", column)
                .put("kind", proposal.kind().toString())
                .put("classification", proposal.classification())
                .put("reason", proposal.reason())
                .build()));
        return Node.of(columns);
    }

    static void print(Map<String, Proposal> personal, Screen screen) {
        if (personal.isEmpty()) {
            return;
        }
        screen.blank();
        screen.line(Style.BOLD, "Looks personal: say so in the contract, as its column's classification");
        personal.forEach((column, proposal) ->
                screen.line(Style.WARNING, "  " + column + " (" + proposal.classification() + ") " + proposal));
    }
}
