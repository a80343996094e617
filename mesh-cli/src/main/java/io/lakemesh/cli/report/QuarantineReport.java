package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.provenance.TableVersion;
import java.util.List;
import java.util.Optional;

/** The rows that runs set aside, by run and reason. No row's values. */
public record QuarantineReport(ProductAddress product, List<Entry> runs) implements Report {
    public QuarantineReport {
        runs = List.copyOf(runs);
    }

    /**
     * A run that set rows aside.
     *
     * @param resolved whether a later run dealt with its rows
     */
    public record Entry(RunRecord run, boolean resolved, List<Reason> reasons) {
        public Entry {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A rule and the rows that broke it; a row that broke several counts for each.
     *
     * @param message in words
     * @param first where the first such row stands, as {@code file:line}
     */
    public record Reason(String rule, long rows, String message, String first) {}

    @Override
    public Node json() {
        return Node.mapping()
                .put("product", product.toString())
                .put("runs", runs.stream().map(QuarantineReport::entry).toList())
                .build();
    }

    private static Node entry(Entry entry) {
        return Node.mapping()
                .put("run", entry.run().runId())
                .put("outcome", entry.run().outcome().toString())
                .putIfPresent("release", Optional.ofNullable(entry.run().release()))
                .put("rows", entry.run().rows().quarantined())
                .put("resolved", entry.resolved())
                .put(
                        "tables",
                        entry.run().quarantine().stream()
                                .map(TableVersion::table)
                                .map(Object::toString)
                                .toList())
                .put(
                        "reasons",
                        entry.reasons().stream().map(QuarantineReport::reason).toList())
                .build();
    }

    private static Node reason(Reason reason) {
        return Node.mapping()
                .put("rule", reason.rule())
                .put("rows", reason.rows())
                .put("message", reason.message())
                .put("first", reason.first())
                .build();
    }

    @Override
    public void print(Screen screen) {
        if (runs.isEmpty()) {
            screen.line("No row of " + product + " was set aside.");
        }
        for (Entry entry : runs) {
            screen.line(Style.BOLD, headline(entry));
            TextTable table = TextTable.of("rule", ">rows", "reason", "first at");
            entry.reasons()
                    .forEach(reason ->
                            table.row(reason.rule(), Words.count(reason.rows()), reason.message(), reason.first()));
            table.print(screen);
            entry.run()
                    .quarantine()
                    .forEach(version -> screen.line("  all of them: table " + version.table() + ", run_id "
                            + entry.run().runId()));
        }
    }

    private static String headline(Entry entry) {
        RunRecord run = entry.run();
        String made = run.release() == null ? "refused run " + run.runId() : "release " + run.release();
        return Words.count(run.rows().quarantined(), "row") + " of " + made
                + (entry.resolved() ? ", dealt with since" : "");
    }
}
