package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.PolicyCheckReport;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Problem;
import io.lakemesh.policy.Policies;
import io.lakemesh.policy.Propagation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh policy check}. */
@Command(
        name = "check",
        description = "Checks the mesh's policy, and products against it: every column classified, nothing loosened,"
                + " each mask of its column's type, each row filter of the table's columns.",
        footer = "  mesh policy check products/essex",
        exitCodeList = {"0:all of it holds", "2:there are problems, each with its place"})
final class PolicyCheckCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(
            paramLabel = "PRODUCT",
            arity = "0..*",
            description = "product folders or domain/name; by default all that were published")
    private List<String> products = List.of();

    PolicyCheckCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            opened.policy();
            List<String> asked = products.isEmpty()
                    ? opened.products().stream().map(ProductAddress::toString).toList()
                    : products;
            List<Problem> problems = new ArrayList<>();
            List<ProductContract> contracts = new ArrayList<>();
            asked.forEach(product -> check(opened, product, contracts, problems));
            if (products.isEmpty()) {
                problems.addAll(Policies.unmatched(opened.policy(), contracts));
            }
            mesh.show(new PolicyCheckReport(asked, problems));
            return problems.stream().anyMatch(Problem::isError) ? ExitCode.INVALID_INPUT : ExitCode.DONE;
        }
    }

    private static void check(Mesh opened, String product, List<ProductContract> contracts, List<Problem> problems) {
        try {
            ProductContract contract = opened.product(product).contract();
            contracts.add(contract);
            Policies.require(contract, opened.policy());
            problems.addAll(Propagation.require(contract, opened.policy(), opened::published)
                    .warnings());
        } catch (InvalidInputException e) {
            problems.addAll(ValidateCommand.problems(e, product));
        }
    }
}
