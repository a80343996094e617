package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.cli.text.TextTable.Cell;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.RunRecord;
import java.util.List;
import java.util.Optional;

/** A product's runs, oldest first, the refused ones too. */
public record RunsReport(ProductAddress product, List<RunRecord> runs) implements Report {
    public RunsReport {
        runs = List.copyOf(runs);
    }

    @Override
    public Node json() {
        return Node.mapping()
                .put("product", product.toString())
                .put("runs", runs.stream().map(RunsReport::run).toList())
                .build();
    }

    private static Node run(RunRecord run) {
        return Node.mapping()
                .put("run", run.runId())
                .put("outcome", run.outcome().toString())
                .putIfPresent("release", Optional.ofNullable(run.release()))
                .put("finished-at", run.finishedAt().toString())
                .put("mode", run.mode())
                .put("rows", QualityReport.write(run.rows()))
                .putIfPresent("resolves", Optional.ofNullable(run.resolves()))
                .build();
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.BOLD, product + ": " + Words.count(runs.size(), "run"));
        TextTable table =
                TextTable.of("run", "when", "mode", "outcome", ">read", ">published", ">quarantined", ">withheld");
        runs.forEach(run -> table.row(
                run.runId(),
                Words.time(run.finishedAt()),
                run.mode(),
                outcome(run),
                Words.count(run.rows().read()),
                Words.count(run.rows().published()),
                Words.count(run.rows().quarantined()),
                Words.count(run.rows().withheld())));
        table.print(screen);
    }

    private static Cell outcome(RunRecord run) {
        return run.outcome() == RunRecord.Outcome.REFUSED
                ? new Cell(Style.BAD, "refused")
                : new Cell(Style.GOOD, "r" + run.release());
    }
}
