package io.lakemesh.cli.report;

import io.lakemesh.audit.AuditVerification;
import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Node;

/** Whether the chain of the audit's records holds. */
public record AuditVerificationReport(AuditVerification verification) implements Report {
    @Override
    public Node json() {
        return Node.mapping()
                .put("holds", verification.holds())
                .put("records", verification.count())
                .put("head", verification.head())
                .put("problem", verification.problem())
                .build();
    }

    @Override
    public void print(Screen screen) {
        if (verification.holds()) {
            screen.line(
                    Style.GOOD, "Verified: " + Words.count(verification.count(), "record") + " in an unbroken chain");
        } else {
            screen.line(Style.BAD, "Does not hold: " + verification.problem());
        }
        screen.line("  head " + verification.head());
    }
}
