package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.report.MaintenanceReport;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.maintenance.Maintenance;
import io.lakemesh.run.TableUpkeep;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mesh maintain}. */
@Command(
        name = "maintain",
        description = {
            "Puts small files together, ends releases beyond those to be kept (retention in mesh.yaml), and removes",
            "files that nothing needs. Rows do not change; it may run beside publishers."
        },
        footer = "  mesh maintain --all --dry-run")
final class MaintainCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--dry-run", description = "change nothing: list what would be done, with sizes")
    private boolean dryRun;

    @Option(
            names = "--older-than",
            paramLabel = "HOURS",
            description = "files that nothing names go when they are older than this; by default 24")
    private long hours = Maintenance.OLDER_THAN.toHours();

    /** One product, or all. */
    static final class Which {
        @Parameters(paramLabel = "PRODUCT", description = Descriptions.PRODUCT)
        @Nullable
        String product;

        @Option(names = "--all", description = "every product that was published here, and the stewards' tables")
        boolean all;
    }

    MaintainCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        Duration olderThan = duration();
        try (Mesh opened = mesh.open()) {
            Maintenance maintenance = opened.maintenance();
            Map<ProductAddress, List<TableUpkeep>> done = new LinkedHashMap<>();
            for (ProductAddress product : products(opened)) {
                done.put(product, dryRun ? maintenance.plan(product, olderThan) : maintenance.run(product, olderThan));
            }
            return mesh.show(new MaintenanceReport(dryRun, done, which.all ? own(maintenance, olderThan) : List.of()));
        }
    }

    private List<TableUpkeep> own(Maintenance maintenance, Duration olderThan) {
        return dryRun ? maintenance.planOwn(olderThan) : maintenance.runOwn(olderThan);
    }

    private Duration duration() {
        if (hours < 1 || hours > 1_000_000) {
            throw new InvalidInputException("Invalid --older-than: expected hours from 1 to 1000000, found " + hours);
        }
        return Duration.ofHours(hours);
    }

    private List<ProductAddress> products(Mesh opened) {
        return which.product == null
                ? opened.products()
                : List.of(opened.product(which.product).address());
    }
}
