package io.lakemesh.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.MeshException;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written of a file that did not become whole may hold values that were revealed. */
class RowFilesTest {
    private static final TableSchema SCHEMA =
            new TableSchema(List.of(Field.optional(1, "name", Primitive.STRING)), List.of());

    @TempDir
    Path folder;

    private void write(String type) {
        try (RowWriter writer = RowFiles.start(folder.resolve("rows." + type), SCHEMA)) {
            writer.write(new Row(List.of("name"), List.of("Ann")));
        }
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "parquet"})
    void leavesNothingOfWhatBrokeOff(String type) throws IOException {
        write(type);
        assertThat(left()).isEmpty();
    }

    @EnabledOnOs(OS.LINUX)
    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl"})
    void leavesNothingOfWhatTheDiskHasNoRoomFor(String type) throws IOException {
        Files.createSymbolicLink(folder.resolve("rows." + type + ".part"), Path.of("/dev/full"));
        assertThatThrownBy(() -> write(type))
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("No space left on device");
        assertThat(left()).isEmpty();
    }
}
