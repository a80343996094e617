package io.lakemesh.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.health.Finding;
import io.lakemesh.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    @TempDir
    Path folder;

    private List<Finding> catalog(Map<String, String> entries) {
        return new CatalogHealth().check(sections(entries, folder.resolve("warehouse")));
    }

    private List<Finding> warehouse(Path location) {
        return new WarehouseHealth()
                .check(sections(Map.of("uri", "jdbc:sqlite:" + folder.resolve("catalog.db")), location));
    }

    private static Map<String, Map<String, String>> sections(Map<String, String> catalog, Path warehouse) {
        return Map.of("catalog", catalog, "warehouse", Map.of("location", warehouse.toString()));
    }

    private static String bad(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !finding.well())
                .map(finding -> finding.subject() + ": " + finding.message())
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
    }

    @Test
    void findsTheEmbeddedMeshWell() throws IOException {
        Map<String, String> entries = Map.of("uri", "jdbc:sqlite:" + folder.resolve("catalog.db"));
        IcebergLakehouse.open(
                        entries, Map.of("location", folder.resolve("warehouse").toString()))
                .close();
        assertThat(catalog(entries))
                .extracting(Finding::subject)
                .containsExactly("catalog sign-in", "catalog permission");
        assertThat(bad(catalog(entries))).isEmpty();
        assertThat(bad(warehouse(folder.resolve("warehouse")))).isEmpty();
        try (var left = Files.walk(folder.resolve("warehouse"))) {
            assertThat(left).noneMatch(Files::isRegularFile);
        }
    }

    @Test
    void saysThatNothingWasPublishedYetAndMakesNothing() {
        assertThat(catalog(Map.of("uri", "jdbc:sqlite:" + folder.resolve(".mesh/catalog.db"))))
                .containsExactly(new Finding(
                        "catalog",
                        true,
                        "nothing was published here yet; the first publish makes "
                                + folder.resolve(".mesh/catalog.db")));
        assertThat(warehouse(folder.resolve(".mesh/warehouse")))
                .containsExactly(new Finding(
                        "warehouse",
                        true,
                        "nothing was published here yet; the first publish makes "
                                + folder.resolve(".mesh/warehouse")));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysThatTheFirstPublishCouldNotMakeTheMesh() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThat(bad(catalog(Map.of("uri", "jdbc:sqlite:" + file.resolve(".mesh/catalog.db")))))
                .isEqualTo("catalog: nothing was published here yet, and the first publish could not make "
                        + file.resolve(".mesh/catalog.db") + ": " + file + " is not a folder that may be written");
        assertThat(bad(warehouse(file.resolve("warehouse"))))
                .startsWith("warehouse: nothing was published here yet, and the first publish could not make ");
    }

    @Test
    void namesAWarehouseThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThat(bad(warehouse(file))).startsWith("warehouse write: Cannot reach the warehouse: ");
    }

    @Test
    void namesACatalogServerThatIsNotThere() {
        assertThat(bad(catalog(Map.of("type", "rest", "uri", "http://127.0.0.1:1/catalog"))))
                .isEqualTo("catalog reach: Cannot reach the catalog: is its server running, and is catalog.uri right?");
        assertThat(bad(catalog(Map.of("uri", "jdbc:postgresql://127.0.0.1:1/mesh", "user", "me"))))
                .isEqualTo("catalog sign-in: Cannot reach the catalog: the database refused or did not answer;"
                        + " is it running, and is catalog.uri right?");
    }

    @Test
    @Tag("server")
    void saysWhatToDoAboutPostgres() {
        var database = PostgresServer.shared().database();
        Map<String, String> entries =
                new HashMap<>(Map.of("uri", database.url(), "user", database.user(), "password", database.password()));

        assertThat(bad(catalog(entries))).isEmpty();
        assertThat(catalog(entries))
                .extracting(Finding::subject)
                .containsExactly("catalog sign-in", "catalog clock", "catalog permission");
        entries.put("password", "wrong");
        assertThat(bad(catalog(entries)))
                .isEqualTo("catalog sign-in: Cannot use the catalog: the database refused the sign-in;"
                        + " check catalog.user and catalog.password");
        entries.put("password", database.password());
        entries.put("uri", database.url().replaceAll("/[^/]*$", "/nowhere"));
        assertThat(bad(catalog(entries)))
                .isEqualTo("catalog sign-in: Cannot reach the catalog: there is no such database;"
                        + " create it, or mend catalog.uri");
    }
}
