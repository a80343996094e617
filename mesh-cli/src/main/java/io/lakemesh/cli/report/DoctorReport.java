package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.cli.text.TextTable.Cell;
import io.lakemesh.document.Node;
import io.lakemesh.health.Finding;
import java.util.List;

/** What {@code doctor} looked at. */
public record DoctorReport(List<Finding> findings) implements Report {
    public DoctorReport {
        findings = List.copyOf(findings);
    }

    @Override
    public Node json() {
        return Node.mapping()
                .put("well", findings.stream().allMatch(Finding::well))
                .put("findings", findings.stream().map(DoctorReport::finding).toList())
                .build();
    }

    private static Node finding(Finding finding) {
        return Node.mapping()
                .put("subject", finding.subject())
                .put("well", finding.well())
                .put("message", finding.message())
                .build();
    }

    @Override
    public void print(Screen screen) {
        TextTable table = TextTable.of("", "looked at", "found");
        findings.forEach(finding -> table.row(
                finding.well() ? new Cell(Style.GOOD, "ok") : new Cell(Style.BAD, "bad"),
                finding.subject(),
                finding.message()));
        table.print(screen);
    }
}
