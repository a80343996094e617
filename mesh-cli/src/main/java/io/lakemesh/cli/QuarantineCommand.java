package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.check.QuarantinedRow;
import io.lakemesh.cli.report.QuarantineReport;
import io.lakemesh.cli.report.QuarantineReport.Entry;
import io.lakemesh.cli.report.QuarantineReport.Reason;
import io.lakemesh.history.Quarantine;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.provenance.RunRecord;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mesh quarantine}. */
@Command(
        name = "quarantine",
        description = "Lists the rows that runs set aside, the refused runs too, by reason.",
        footer = "  mesh quarantine essex/stop-and-search --release 2")
final class QuarantineCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "PRODUCT", description = Descriptions.PRODUCT)
    private String product;

    @Option(names = "--release", paramLabel = "RELEASE", description = "only the run that made this release")
    private @Nullable String release;

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    QuarantineCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            Product found = subject.apply(opened.product(product));
            Quarantine quarantine = found.quarantine();
            List<Entry> entries = quarantine.runs().stream()
                    .filter(run -> isWanted(run, found))
                    .map(run -> entry(quarantine, run))
                    .toList();
            return mesh.show(new QuarantineReport(found.address(), entries));
        }
    }

    private boolean isWanted(RunRecord run, Product found) {
        return release == null
                || Long.valueOf(found.history().find(ReleaseRef.parse(release)).number())
                        .equals(run.release());
    }

    private static Entry entry(Quarantine quarantine, RunRecord run) {
        Map<String, Reason> reasons = new LinkedHashMap<>();
        quarantine.rows(run, row -> row.reasons().forEach(reason -> count(reasons, row, reason)));
        return new Entry(
                run,
                quarantine.resolved().contains(run.runId()),
                reasons.values().stream()
                        .sorted(Comparator.comparingLong(Reason::rows)
                                .reversed()
                                .thenComparing(Reason::rule))
                        .toList());
    }

    private static void count(Map<String, Reason> reasons, QuarantinedRow row, QuarantinedRow.Reason reason) {
        reasons.merge(
                reason.rule(),
                new Reason(reason.rule(), 1, reason.message(), row.file() + ":" + row.line()),
                (first, next) -> new Reason(first.rule(), first.rows() + 1, first.message(), first.first()));
    }
}
