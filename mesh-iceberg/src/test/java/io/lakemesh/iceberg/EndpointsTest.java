package io.lakemesh.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"s3://mesh/stops", "S3A://mesh/stops", "hdfs:/mesh", "gs://mesh"})
    void refusesAWarehouseThatIsNoLocalFolder(String warehouse) {
        assertThatThrownBy(() -> open("jdbc:sqlite:" + folder.resolve("catalog.db"), warehouse))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot use warehouse " + warehouse
                        + ": this version writes to local folders only; give a path or a file: URI");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void showsNoSecretOfAWarehouse() {
        assertThatThrownBy(() -> open("jdbc:sqlite:" + folder.resolve("catalog.db"), "s3://key:secret@mesh/stops"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot use warehouse s3://mesh/stops:");
    }

    @Test
    void refusesACatalogWithoutADriver() {
        assertThatThrownBy(() -> open("jdbc:oracle:thin:scott/tiger@db", folder.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot use the catalog jdbc:oracle:...: no JDBC driver on the class path takes its URI;"
                        + " expected jdbc:sqlite:FILE, or a driver for it");
        assertThatThrownBy(() -> open("thrift://secret@db", folder.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot use the catalog: no JDBC driver");
    }

    @Test
    void takesLocalFoldersAndFileUris() {
        open("jdbc:sqlite:" + folder.resolve("a.db"), folder.resolve("a").toString())
                .close();
        open(
                        "jdbc:sqlite:" + folder.resolve("b.db"),
                        folder.resolve("b").toUri().toString())
                .close();
        assertThat(folder).isNotEmptyDirectory();
    }

    private static IcebergLakehouse open(String catalog, String warehouse) {
        return IcebergLakehouse.open(catalog, warehouse, Map.of());
    }
}
