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

class CatalogSettingsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"S3X://mesh/stops", "hdfs:/mesh", "gs://mesh"})
    void refusesAWarehouseOfAnotherKind(String warehouse) {
        assertThatThrownBy(() -> open("jdbc:sqlite:" + folder.resolve("catalog.db"), warehouse))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot use warehouse " + warehouse
                        + ": expected a path, or a URI of file:, s3: or s3a:; for other storage name Iceberg's FileIO for it in"
                        + " warehouse.file-io");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void showsNoSecretOfAWarehouse() {
        assertThatThrownBy(() -> open("jdbc:sqlite:" + folder.resolve("catalog.db"), "gs://key:secret@mesh/stops"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot use warehouse gs://mesh/stops:");
    }

    @Test
    void refusesACatalogWithoutADriver() {
        assertThatThrownBy(() -> open("jdbc:oracle:thin:scott/tiger@db", folder.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot use the catalog jdbc:oracle:...: no JDBC driver on the class path takes its URI;"
                        + " expected jdbc:sqlite:FILE, jdbc:postgresql://HOST/DATABASE, or a driver for it");
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
        return IcebergLakehouse.open(Map.of("uri", catalog), Map.of("location", warehouse));
    }
}
