package io.lakemesh.bench;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.Rows;
import io.lakemesh.policy.Subject;
import io.lakemesh.schema.Row;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;

/** What a row filter and masks cost: the same rows read by the owner and by an analyst, in turn. */
final class Governed {
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 2;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Governed() {}

    /** Measures with a CSV file of {@link Input} and an empty folder for the mesh. */
    public static void main(String[] arguments) {
        try (Mesh mesh = Mesh.open(MeshConfig.embedded(Path.of(arguments[1])))) {
            Product searches = mesh.product(Path.of("bench", "product"));
            searches.publish().input(arguments[0]).run();
            Product governed = searches.as(Subject.of("ann", "analyst"));
            double[] ratios = new double[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                double open = cpuSeconds(searches);
                double masked = cpuSeconds(governed);
                if (round >= 0) {
                    ratios[round] = masked / open;
                    System.out.printf("round %d: %.2f CPU s ungoverned, %.2f governed%n", round + 1, open, masked);
                }
            }
            Arrays.sort(ratios);
            System.out.printf("median of %d paired CPU ratios: %.2f%n", ROUNDS, ratios[ROUNDS / 2]);
        }
    }

    private static double cpuSeconds(Product product) {
        long start = THREADS.getCurrentThreadCpuTime();
        long rows = 0;
        try (Rows read = product.read().rows()) {
            for (Row row : read) {
                rows += row.values().isEmpty() ? 0 : 1;
            }
        }
        if (rows == 0) {
            throw new IllegalStateException("no row was read");
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    }
}
