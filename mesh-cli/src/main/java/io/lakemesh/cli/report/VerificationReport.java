package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Node;
import io.lakemesh.history.Verification;
import io.lakemesh.provenance.FileEvidence;
import java.util.Map;
import java.util.TreeMap;

/** Whether a release still is what its manifest says. */
public record VerificationReport(Verification verification) implements Report {
    @Override
    public Node json() {
        return Node.mapping()
                .put("product", verification.product().toString())
                .put("release", verification.release())
                .put("holds", verification.holds())
                .put(
                        "findings",
                        verification.findings().stream()
                                .map(VerificationReport::finding)
                                .toList())
                .put(
                        "files",
                        verification.files().stream()
                                .map(VerificationReport::file)
                                .toList())
                .build();
    }

    private static Node finding(Verification.Finding finding) {
        return Node.mapping()
                .put("subject", finding.subject())
                .put("message", finding.message())
                .build();
    }

    private static Node file(FileEvidence file) {
        return Node.mapping()
                .put("kind", file.kind().toString())
                .put("location", file.location())
                .put("bytes", file.bytes())
                .put("sha256", file.sha256())
                .build();
    }

    @Override
    public void print(Screen screen) {
        String release = (verification.release() == 0 ? "" : "release " + verification.release() + " of ")
                + verification.product();
        if (verification.holds()) {
            screen.line(Style.GOOD, "Verified: " + release + " is what its manifest says");
        } else {
            screen.line(Style.BAD, "Does not hold: " + release);
            verification.findings().forEach(finding -> screen.line("  " + finding));
        }
        if (!verification.files().isEmpty()) {
            screen.line("  " + covered());
        }
    }

    private String covered() {
        Map<FileEvidence.Kind, Integer> kinds = new TreeMap<>();
        verification.files().forEach(file -> kinds.merge(file.kind(), 1, Integer::sum));
        return Words.count(verification.files().size(), "file") + " covered: "
                + String.join(
                        ", ",
                        kinds.entrySet().stream()
                                .map(kind -> kind.getValue() + " " + kind.getKey())
                                .toList());
    }
}
