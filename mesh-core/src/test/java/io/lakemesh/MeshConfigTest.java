package io.lakemesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshConfigTest {
    @TempDir
    Path folder;

    @Test
    void livesInTheCurrentFolderWithoutAFile() {
        MeshConfig config = MeshConfig.embedded(folder);

        assertThat(config.catalog())
                .containsEntry("type", "jdbc")
                .containsEntry("uri", "jdbc:sqlite:" + folder.resolve(".mesh/catalog.db"));
        assertThat(config.warehouse())
                .containsEntry("location", folder.resolve(".mesh/warehouse").toString());
    }

    @Test
    void findsTheNearestFileUpward() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("a/b/c"));
        write(folder, "mesh: { name: far }");
        write(folder.resolve("a"), "mesh: { name: near, identity: essex-data }");

        MeshConfig config = MeshConfig.find(deep);

        assertThat(config.name()).isEqualTo("near");
        assertThat(config.identity()).isEqualTo("essex-data");
        assertThat(config.home()).isEqualTo(folder.resolve("a"));
    }

    @Test
    void seesRelativePathsFromTheFolderOfTheFile() throws IOException {
        MeshConfig config = MeshConfig.read(
                write(
                        folder,
                        """
                catalog: { uri: "jdbc:sqlite:state/cat.db" }
                warehouse: { location: tables }
                """));

        assertThat(config.catalog()).containsEntry("uri", "jdbc:sqlite:" + folder.resolve("state/cat.db"));
        assertThat(config.warehouse())
                .containsEntry("location", folder.resolve("tables").toString());
    }

    @Test
    void leavesAbsolutePathsAndOtherUrisAlone() throws IOException {
        MeshConfig config = MeshConfig.read(
                write(
                        folder,
                        """
                catalog: { uri: "jdbc:sqlite:/data/cat.db" }
                warehouse: { location: "s3://mesh/" }
                """));

        assertThat(config.catalog()).containsEntry("uri", "jdbc:sqlite:/data/cat.db");
        assertThat(config.warehouse()).containsEntry("location", "s3://mesh/");
    }

    @Test
    void namesEveryUnknownKeyWithItsPlaceAndANearMatch() throws IOException {
        Path file = write(
                folder,
                """
                catalogue: {}
                warehouse:
                  locaton: x
                """);

        assertThatThrownBy(() -> MeshConfig.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file + ":1:1: unknown key 'catalogue'; did you mean 'catalog'?")
                .hasMessageContaining(file + ":3:3: unknown key 'locaton'; did you mean 'location'?");
    }

    @Test
    void showsNoValueOfTheCatalogInItsText() throws IOException {
        assertThat(MeshConfig.read(write(folder, "catalog: { uri: \"jdbc:x://secret\" }"))
                        .toString())
                .doesNotContain("secret");
    }

    private static Path write(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("mesh.yaml"), text);
    }
}
