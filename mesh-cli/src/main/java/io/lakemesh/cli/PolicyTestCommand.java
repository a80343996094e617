package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.cli.report.PolicyTestReport;
import io.lakemesh.cli.report.PolicyTestReport.Result;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.governance.opa.OpaPoints;
import io.lakemesh.governance.opa.OpaPolicyDeciderProvider;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.policytest.EnforcementPoint;
import io.lakemesh.policytest.PolicyTests;
import io.lakemesh.policytest.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh policy test}. */
@Command(
        name = "test",
        description = "Holds the expectations in the policy folder's tests/*.yaml against every place that enforces the"
                + " policy: this process, and the Open Policy Agent of mesh.yaml with what it tells Trino.",
        footer = "  mesh policy test products/essex",
        exitCodeList = {
            "0:every expectation is met",
            "2:a test is wrong, or there is nothing that it is about",
            "3:an expectation is not met"
        })
final class PolicyTestCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..*",
            description =
                    "product folders, tested in this process as they would be published; what else was published is"
                            + " tested wherever it is enforced")
    private List<Path> folders = List.of();

    PolicyTestCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            PolicyTests tests = PolicyTests.read(opened.config()
                    .policyFolder()
                    .orElseThrow(() -> new InvalidInputException(
                            "Cannot find tests of the policy: mesh.yaml names no policy.folder")));
            List<Product> planned = folders.stream().map(opened::product).toList();
            PolicyTestReport report = test(opened, tests, policies(planned), policies(published(opened, planned)));
            mesh.show(report);
            return report.isMet() ? ExitCode.DONE : ExitCode.REFUSED;
        }
    }

    private static List<Product> published(Mesh opened, List<Product> planned) {
        List<ProductAddress> others = planned.stream().map(Product::address).toList();
        return !opened.exists()
                ? List.of()
                : opened.products().stream()
                        .filter(address -> !others.contains(address))
                        .map(address -> opened.product(address.toString()))
                        .toList();
    }

    private static List<TablePolicy> policies(List<Product> products) {
        return products.stream().flatMap(product -> product.policies().stream()).toList();
    }

    private static PolicyTestReport test(
            Mesh opened, PolicyTests tests, List<TablePolicy> planned, List<TablePolicy> published) {
        List<Trial> trials =
                tests.on(Stream.concat(planned.stream(), published.stream()).toList());
        Map<String, String> settings = opened.config().policy();
        if (!settings.containsKey("url")) {
            return test(trials, planned, List.of(EnforcementPoint.EMBEDDED));
        }
        try (OpaPoints opa =
                new OpaPoints(OpaPolicyDeciderProvider.url(settings), OpaPolicyDeciderProvider.timeout(settings))) {
            List<EnforcementPoint> points = new ArrayList<>(List.of(EnforcementPoint.EMBEDDED));
            if ("opa".equals(settings.get("decider"))) {
                points.add(opa.reader());
            }
            points.add(opa.trino(PolicyBundle.catalog(opened)));
            return test(trials, planned, points);
        }
    }

    private static PolicyTestReport test(List<Trial> trials, List<TablePolicy> planned, List<EnforcementPoint> points) {
        return new PolicyTestReport(trials.stream()
                .map(trial -> result(trial, planned.contains(trial.table()) ? points.subList(0, 1) : points))
                .toList());
    }

    private static Result result(Trial trial, List<EnforcementPoint> points) {
        return new Result(trial, points.stream().map(EnforcementPoint::name).toList(), trial.failures(points));
    }
}
