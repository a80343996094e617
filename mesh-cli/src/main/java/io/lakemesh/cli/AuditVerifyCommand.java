package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.audit.AuditVerification;
import io.lakemesh.cli.report.AuditVerificationReport;
import io.lakemesh.error.InvalidInputException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mesh audit verify}. */
@Command(
        name = "verify",
        description = {
            "Walks the whole chain of the audit's records, and says the first that was changed, removed or put elsewhere.",
            "Keep the head that it prints where nobody who can write the table can write; --head tells later that",
            "everything up to then is as it was."
        },
        footer = "  mesh audit verify --head 5f2a...",
        exitCodeList = {"0:every record fits", "1:one does not"})
final class AuditVerifyCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Option(names = "--head", paramLabel = "HASH", description = "a head that was printed before: it must be there")
    private @Nullable String head;

    AuditVerifyCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        if (head != null && !head.matches("[0-9a-f]{64}")) {
            throw new InvalidInputException("Invalid --head: expected the 64 hexadecimal digits that were printed");
        }
        try (Mesh opened = mesh.open()) {
            AuditCommand.settle(opened.audit(), mesh);
            AuditVerification verification = opened.audit().verify(head);
            mesh.show(new AuditVerificationReport(verification));
            return verification.holds() ? ExitCode.DONE : ExitCode.OUR_FAILURE;
        }
    }
}
