package io.lakemesh.bench;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.Read;
import io.lakemesh.Rows;
import io.lakemesh.batch.RecordSources;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How long the first row of a release takes as its files get more: where one file matches, and where all do. */
final class Planning {
    private static final int ROUNDS = 21;
    private static final Path PRODUCT = Path.of("bench", "days");

    private Planning() {}

    /** Measures with an empty folder for the meshes. */
    public static void main(String[] arguments) {
        System.out.println("| files | one matches, ms | all match, ms |\n|---|---|---|");
        for (int files : new int[] {10, 100, 1_000, 10_000}) {
            try (Mesh mesh = Mesh.open(MeshConfig.embedded(Path.of(arguments[0], "mesh-" + files)))) {
                Product days = mesh.product(PRODUCT);
                Stream<Map<String, String>> records = IntStream.range(0, files)
                        .mapToObj(file -> Map.of("day", Integer.toString(file), "note", "note " + file));
                days.publish().input(RecordSources.of("records", records)).run();
                System.out.printf(
                        "| %,d | %.1f | %.1f |%n",
                        files, median(() -> days.read().where("day = " + files / 2)), median(days::read));
            }
        }
    }

    private static double median(java.util.function.Supplier<Read> read) {
        double[] times = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            try (Rows rows = read.get().rows()) {
                if (!rows.iterator().hasNext()) {
                    throw new IllegalStateException("no row was found");
                }
            }
            times[round] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }
}
