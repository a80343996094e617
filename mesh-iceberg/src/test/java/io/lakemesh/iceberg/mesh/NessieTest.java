package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.health.Finding;
import io.lakemesh.testkit.server.MinioServer;
import io.lakemesh.testkit.server.NessieServer;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nessie drops tags and earlier snapshots, which releases rest on: it is found out before anything is published there. */
@Tag("server")
class NessieTest {
    private static final String REFUSAL = "Cannot publish to this catalog: it does not keep tags and earlier snapshots,"
            + " which releases rest on; name another one in mesh.yaml, such as a JDBC catalog on PostgreSQL";

    @Test
    void publishingIsRefusedAndLeavesNothing(@TempDir Path folder) throws Exception {
        try (Shop shop = new Shop(folder, config(folder));
                RESTCatalog nessie = new RESTCatalog()) {
            nessie.initialize(
                    "nessie", Map.of("uri", NessieServer.shared().uri().toString()));
            Product product = shop.product("1.0.0", Shop.SALES);

            assertThatThrownBy(() -> product.publish()
                            .input(sales("1,Bath,10", "x,Bath,10"))
                            .run())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(REFUSAL);

            assertThat(nessie.listNamespaces())
                    .allMatch(namespace -> nessie.listTables(namespace).isEmpty())
                    .noneMatch(namespace -> namespace.toString().startsWith("lakemesh_probe"));
            assertThat(shop.mesh().diagnose())
                    .filteredOn(finding -> !finding.well())
                    .containsExactly(new Finding("catalog releases", false, REFUSAL));
        }
    }

    private static MeshConfig config(Path home) {
        return new MeshConfig(
                "mesh",
                "tester",
                home,
                Map.of(
                        "catalog",
                                Map.of(
                                        "type", "rest",
                                        "uri", NessieServer.shared().uri().toString(),
                                        "warehouse", "tests"),
                        "warehouse", MinioServer.shared().warehouse("s3", "nessie")));
    }
}
