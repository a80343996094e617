package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.VerificationReport;
import io.lakemesh.history.Verification;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh verify}. */
@Command(
        name = "verify",
        description =
                "Recomputes a release's digests, counts and checks from what is stored, and says what does not hold.",
        footer = "  mesh verify essex/stop-and-search@2",
        exitCodeList = {"0:everything holds", "1:something does not"})
final class VerifyCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "PRODUCT[@RELEASE]", description = Descriptions.PRODUCT_AT)
    private String product;

    VerifyCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        ProductArgument argument = ProductArgument.parse(product);
        try (Mesh opened = mesh.open()) {
            Verification verification = opened.product(argument.product()).verify(argument.release());
            mesh.show(new VerificationReport(verification));
            return verification.holds() ? ExitCode.DONE : ExitCode.OUR_FAILURE;
        }
    }
}
