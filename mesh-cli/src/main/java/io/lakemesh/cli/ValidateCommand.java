package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.ValidationReport;
import io.lakemesh.cli.report.ValidationReport.Valid;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.descriptor.ProductFolder;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problem;
import io.lakemesh.policy.MeshPolicy;
import io.lakemesh.policy.Policies;
import io.lakemesh.policy.Propagation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh validate}. */
@Command(
        name = "validate",
        description =
                "Checks products' descriptors against the standards, against what publishing needs and against the mesh's"
                        + " policy. Reads no data.",
        footer = "  mesh validate products/essex products/durham",
        exitCodeList = {"0:all are valid", "2:there are problems, each with its place"})
final class ValidateCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "product folders, or an *.odps.yaml in one")
    private List<Path> paths;

    ValidateCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        List<Valid> valid = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try (Mesh opened = mesh.open()) {
            MeshPolicy policy = opened.policy();
            Map<Path, ProductContract> contracts = new LinkedHashMap<>();
            paths.forEach(path -> collect(path, problems, () -> contracts.put(path, contract(path))));
            contracts.forEach((path, contract) -> collect(path, problems, () -> {
                Policies.require(contract, policy);
                Propagation propagation =
                        Propagation.require(contract, policy, address -> known(address, contracts.values(), opened));
                valid.add(new Valid(path.toString(), contract));
                problems.addAll(contract.warnings());
                problems.addAll(propagation.warnings());
            }));
        }
        mesh.show(new ValidationReport(valid, problems));
        return problems.stream().anyMatch(Problem::isError) ? ExitCode.INVALID_INPUT : ExitCode.DONE;
    }

    private static ProductContract contract(Path path) {
        return ProductContracts.compile(ProductFolder.load(folder(path)));
    }

    /** What is validated together may come from one another; of the rest, what is published counts. */
    private static Optional<ProductContract> known(
            ProductAddress address, Collection<ProductContract> together, Mesh opened) {
        return together.stream()
                .filter(contract -> contract.address().equals(address))
                .findFirst()
                .or(() -> opened.published(address));
    }

    private static void collect(Path path, List<Problem> problems, Runnable check) {
        try {
            check.run();
        } catch (InvalidInputException e) {
            problems.addAll(problems(e, path.toString()));
        }
    }

    /** What is wrong with an input, each with its place; a failure without any is about the whole of it. */
    static List<Problem> problems(InvalidInputException failure, String input) {
        return failure.problems().isEmpty()
                ? List.of(Problem.error(Place.of(input), String.valueOf(failure.getMessage())))
                : failure.problems();
    }

    private static Path folder(Path path) {
        Path parent = path.getParent();
        return !path.toString().endsWith(".odps.yaml") ? path : parent == null ? Path.of(".") : parent;
    }
}
