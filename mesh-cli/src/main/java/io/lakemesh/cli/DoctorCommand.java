package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.cli.report.DoctorReport;
import io.lakemesh.cli.report.DoctorReport.Finding;
import io.lakemesh.error.MeshException;
import io.lakemesh.run.Lakehouse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code mesh doctor}. */
@Command(
        name = "doctor",
        description = "Looks at what the mesh needs and says what is wrong with it.",
        footer = "  mesh doctor",
        exitCodeList = {"0:all is well", "1:something is not"})
final class DoctorCommand implements Callable<Integer> {
    private static final String PROBE = "doctor/probe";

    private final MeshCommand mesh;

    DoctorCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.add(look("lakemesh", Version::of));
        findings.add(look("java", () -> System.getProperty("java.version") + " in " + System.getProperty("java.home")));
        findings.add(look("memory", () -> Runtime.getRuntime().maxMemory() / (1 << 20) + " MB at most"));
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
            Finding catalog = look("catalog", () -> products(opened.lakehouse()));
            findings.add(catalog);
            if (catalog.well()) {
                findings.add(look("warehouse", () -> writeAndRead(opened.lakehouse())));
            }
        }
    }

    private @Nullable Mesh open(List<Finding> findings) {
        try {
            Mesh opened = mesh.open();
            findings.add(look("configuration", () -> describe(opened.config())));
            return opened;
        } catch (MeshException e) {
            findings.add(new Finding("configuration", false, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static String describe(MeshConfig config) {
        return "mesh '" + config.name() + "' in " + config.home() + ", acting as " + config.identity();
    }

    private static String products(Lakehouse lakehouse) {
        return "reachable, products: " + lakehouse.products().size();
    }

    private static String writeAndRead(Lakehouse lakehouse) {
        byte[] probe = "probe".getBytes(StandardCharsets.UTF_8);
        lakehouse.blobs().put(PROBE, probe);
        boolean same = lakehouse
                .blobs()
                .get(PROBE)
                .filter(found -> java.util.Arrays.equals(found, probe))
                .isPresent();
        if (!same) {
            throw new MeshException("What was written to " + lakehouse.blobs().location(PROBE) + " is not there");
        }
        return "writable, at " + lakehouse.blobs().location(PROBE);
    }

    private static Finding look(String subject, Supplier<String> what) {
        try {
            return new Finding(subject, true, what.get());
        } catch (MeshException e) {
            return new Finding(subject, false, String.valueOf(e.getMessage()));
        }
    }
}
