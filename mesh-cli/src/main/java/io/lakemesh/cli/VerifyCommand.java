package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.VerificationReport;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.history.Verification;
import io.lakemesh.history.Verification.Finding;
import java.util.List;
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
            Verification verification = verify(opened, argument);
            mesh.show(new VerificationReport(verification));
            return verification.holds() ? ExitCode.DONE : ExitCode.OUR_FAILURE;
        }
    }

    private static Verification verify(Mesh opened, ProductArgument argument) {
        try {
            return opened.product(argument.product()).verify(argument.release());
        } catch (IntegrityException e) {
            ProductAddress address = address(opened, argument.product());
            Finding finding = new Finding(address.toString(), String.valueOf(e.getMessage()));
            return new Verification(address, 0, List.of(finding), List.of());
        }
    }

    /** A product's address, even where the damage keeps it from being opened: a published one is named by its address. */
    private static ProductAddress address(Mesh opened, String product) {
        try {
            return opened.product(product).address();
        } catch (IntegrityException e) {
            int slash = product.indexOf('/');
            return new ProductAddress(product.substring(0, Math.max(0, slash)), product.substring(slash + 1));
        }
    }
}
