package io.lakemesh.iceberg;

import static io.lakemesh.testkit.Tables.column;
import static io.lakemesh.testkit.Tables.contract;
import static io.lakemesh.testkit.Tables.evolved;
import static io.lakemesh.testkit.Tables.staged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.TableContract;
import io.lakemesh.error.MeshException;
import io.lakemesh.run.StagedTable;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnMetricsTest {
    private static IcebergLakehouse open(Path folder) {
        return Embedded.open(folder);
    }

    @Test
    void keepsBoundsOnlyOfColumnsThatAreOpen(@TempDir Path folder) {
        Field number = Field.optional(0, "number", DataType.Primitive.LONG);
        Field secretNumber = Field.optional(0, "secret_number", DataType.Primitive.LONG);
        Field text = Field.optional(0, "text", DataType.Primitive.STRING);
        Field openText = Field.optional(0, "open_text", DataType.Primitive.STRING);
        Field secretText = Field.optional(0, "secret_text", DataType.Primitive.STRING);
        List<Field> fields = List.of(number, secretNumber, text, openText, secretText);
        TableContract contract = evolved(
                contract("search", number),
                "1.0.0",
                fields,
                List.of(
                        column(number, null, null),
                        column(secretNumber, null, "confidential"),
                        column(text, null, null),
                        column(openText, null, "public"),
                        column(secretText, null, "restricted")));
        try (IcebergLakehouse lakehouse = open(folder);
                StagedTable staged = staged(lakehouse, contract, "a", List.of(1L, 2L, "x", "y", "z"))) {
            DataFile file = ((IcebergStagedTable) staged).files().get(0).file();

            assertThat(file.lowerBounds()).containsOnlyKeys(1, 4);
            assertThat(file.upperBounds()).containsOnlyKeys(1, 4);
            assertThat(file.valueCounts()).containsOnlyKeys(1, 3, 4);
        }
    }

    @Test
    void refusesANullInARequiredColumn(@TempDir Path folder) {
        TableContract contract = contract("search", Field.required(0, "id", DataType.Primitive.LONG));
        try (IcebergLakehouse lakehouse = open(folder)) {
            assertThatThrownBy(() -> staged(lakehouse, contract, "a", Arrays.asList((Object) null)))
                    .isInstanceOf(MeshException.class)
                    .hasMessage("Cannot write column id: it is required, and a row has no value in it");
        }
    }
}
