package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.cli.report.DoctorReport;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.governance.opa.OpaHealth;
import io.lakemesh.governance.opa.OpaPolicyDeciderProvider;
import io.lakemesh.health.Examination;
import io.lakemesh.health.Finding;
import io.lakemesh.maintenance.Maintenance;
import io.lakemesh.run.OpenRelease;
import io.lakemesh.run.TableUpkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mesh doctor}. */
@Command(
        name = "doctor",
        description = "Looks at what the mesh needs and says what is wrong with it.",
        footer = {"  mesh doctor", "  mesh doctor --repair"},
        exitCodeList = {"0:all is well", "1:something is not"})
final class DoctorCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Option(
            names = "--repair",
            description = "Finish or undo releases of several tables that were broken off between them.")
    private boolean repair;

    DoctorCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Examination.find("lakemesh", Version::of));
        findings.add(Examination.find(
                "java", () -> System.getProperty("java.version") + " in " + System.getProperty("java.home")));
        findings.add(Examination.find("memory", () -> Runtime.getRuntime().maxMemory() / (1 << 20) + " MB at most"));
        look(findings);
        mesh.show(new DoctorReport(findings));
        return findings.stream().allMatch(Finding::well) ? ExitCode.DONE : ExitCode.OUR_FAILURE;
    }

    private void look(List<Finding> findings) {
        Mesh opened = open(findings);
        if (opened == null) {
            return;
        }
        try (opened) {
            findings.addAll(opened.diagnose());
            boolean readable = findings.stream().allMatch(Finding::well) && opened.exists();
            if (readable) {
                List<ProductAddress> products = new ArrayList<>();
                findings.add(Examination.find("products", () -> {
                    products.addAll(opened.products());
                    return "" + products.size();
                }));
                (repair ? opened.lakehouse().repair() : opened.lakehouse().openReleases())
                        .forEach(release -> findings.add(finding(release)));
                findings.addAll(leftovers(opened.maintenance(), products));
            }
            findings.addAll(opa(opened, readable));
        } catch (InvalidInputException e) {
            findings.add(new Finding("configuration", false, String.valueOf(e.getMessage())));
        }
    }

    /** Open Policy Agent, where there is one, and whether it decides by the policy that is in force here. */
    private static List<Finding> opa(Mesh opened, boolean readable) {
        Map<String, String> settings = opened.config().policy();
        if (!settings.containsKey("url")) {
            return List.of();
        }
        OpaHealth opa =
                new OpaHealth(OpaPolicyDeciderProvider.url(settings), OpaPolicyDeciderProvider.timeout(settings));
        return readable ? opa.check(() -> PolicyBundle.of(opened).revision()) : opa.check();
    }

    private static Finding finding(OpenRelease release) {
        String subject = "release " + release.release() + " of " + release.address();
        String run = "run " + release.runId();
        return switch (release.state()) {
            case NOT_BEGUN ->
                new Finding(
                        subject,
                        true,
                        "no table has it yet: " + run
                                + " is under way, or has ended; mesh maintain forgets it after a day");
            case BROKEN_OFF ->
                new Finding(
                        subject,
                        false,
                        run + " was broken off between its tables: mesh doctor --repair, or the product's next run,"
                                + " finishes or undoes it");
            case FINISHED -> new Finding(subject, true, "every table has it, by " + run);
            case UNDONE -> new Finding(subject, true, "no table has it: publish " + run + " again");
        };
    }

    /** What runs that were killed left, product by product, and syncs. */
    private static List<Finding> leftovers(Maintenance maintenance, List<ProductAddress> products) {
        Stream<Finding> ofProducts = products.stream()
                .map(product -> Examination.find(
                        "files of " + product,
                        () -> leftovers(maintenance.plan(product, Maintenance.OLDER_THAN), product.toString())));
        Finding own = Examination.find(
                "files of the stewards' tables", () -> leftovers(maintenance.planOwn(Maintenance.OLDER_THAN), "--all"));
        List<Finding> found = Stream.concat(ofProducts, Stream.of(own))
                .filter(finding -> !finding.well() || !finding.message().isEmpty())
                .toList();
        return found.isEmpty() ? List.of(new Finding("leftover files", true, "none that are 24 h old")) : found;
    }

    private static String leftovers(List<TableUpkeep> tables, String which) {
        long files =
                tables.stream().mapToLong(table -> table.leftovers().size()).sum();
        long bytes = tables.stream().mapToLong(TableUpkeep::leftoverBytes).sum();
        return files == 0
                ? ""
                : "%,d that nothing needs, %,d bytes: mesh maintain %s removes them".formatted(files, bytes, which);
    }

    private @Nullable Mesh open(List<Finding> findings) {
        try {
            Mesh opened = mesh.open();
            findings.add(Examination.find("configuration", () -> describe(opened.config())));
            return opened;
        } catch (MeshException e) {
            findings.add(new Finding("configuration", false, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static String describe(MeshConfig config) {
        return "mesh '" + config.name() + "' in " + config.home() + ", acting as " + config.identity();
    }
}
