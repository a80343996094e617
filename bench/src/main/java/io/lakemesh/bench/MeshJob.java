package io.lakemesh.bench;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.check.RowCounts;
import io.lakemesh.run.PublishResult;
import java.io.IOException;
import java.nio.file.Path;

/** The job of the benchmark as a Lakemesh publish, embedded defaults throughout. */
final class MeshJob {
    private static final Path PRODUCT = Path.of("bench", "product");

    private MeshJob() {}

    /** Does the job; arguments are the CSV file and an empty folder for the mesh. */
    public static void main(String[] arguments) throws IOException {
        try (Mesh mesh = Mesh.open(MeshConfig.embedded(Path.of(arguments[1])))) {
            PublishResult result =
                    mesh.product(PRODUCT).publish().input(Path.of(arguments[0])).run();
            RowCounts rows = result.report().rows();
            Usage.print(rows.published(), rows.quarantined());
        }
    }
}
