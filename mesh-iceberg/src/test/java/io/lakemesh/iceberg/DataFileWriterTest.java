package io.lakemesh.iceberg;

import static io.lakemesh.testkit.Tables.contract;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.Batch;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.PartitionField;
import io.lakemesh.error.MeshException;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Mode;
import io.lakemesh.run.Publication;
import io.lakemesh.run.Scan;
import io.lakemesh.run.StagedTable;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.testkit.Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataFileWriterTest {
    /** A type that is written by columns, and one that is written by rows. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes them
    private enum Kind {
        COLUMNS(DataType.Primitive.STRING, "x"),
        ROWS(DataType.Primitive.UUID, java.util.UUID.fromString("5b1b4f3e-0000-4000-8000-00000000000f"));

        private final DataType type;
        private final Object value;

        Kind(DataType type, Object value) {
            this.type = type;
            this.value = value;
        }
    }

    @TempDir
    private Path folder;

    private IcebergLakehouse open() {
        return Embedded.open(folder);
    }

    private static TableContract table(Kind kind, List<PartitionField> partition) {
        return contract(
                "search",
                List.of(
                        Field.required(Field.UNASSIGNED, "id", DataType.Primitive.LONG),
                        Field.optional(Field.UNASSIGNED, "value", kind.type)),
                List.of(),
                partition,
                List.of());
    }

    private static void write(StagedTable staged, List<List<?>> rows) {
        Batch batch = new Batch(staged.schema());
        Tables.fill(batch, rows);
        staged.write(batch, IntStream.range(0, rows.size()).toArray(), rows.size());
    }

    private List<String> stored() {
        return Listing.of(folder.resolve("warehouse").toString());
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingOfRowsThatAreDiscarded(Kind kind) {
        try (IcebergLakehouse lakehouse = open();
                StagedTable staged = lakehouse.stage(table(kind, List.of()), "a")) {
            write(staged, List.of(List.of(1L, kind.value), List.of(2L, kind.value)));
            staged.discard();
            assertThat(stored()).isEmpty();

            StagedTable finished = lakehouse.stage(table(kind, List.of()), "b");
            write(finished, List.of(List.of(1L, kind.value)));
            finished.finish();
            assertThat(stored()).isNotEmpty();
            finished.discard();
            assertThat(stored()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesFewFilesOfManyPartitionsInNoOrder(Kind kind) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        TableContract contract = table(kind, List.of(new PartitionField(PartitionField.Transform.BUCKET, 64, "id")));
        List<List<?>> rows = Stream.<List<?>>generate(() -> List.of(random.nextLong(), kind.value))
                .limit(3_000)
                .toList();
        try (IcebergLakehouse lakehouse = open()) {
            StagedTable staged = Tables.staged(lakehouse, contract, "a", rows);

            assertThat(stored()).hasSizeLessThanOrEqualTo(2 * 64);
            assertThat(staged.rows()).isEqualTo(3_000);
            TableVersion version = publish(lakehouse, contract, staged);
            assertThat(version.rows()).isEqualTo(3_000);
            assertThat(Tables.rows(lakehouse, version, Scan.ALL)).hasSameElementsAs(nullable(rows));
        }
    }

    @Test
    void makesOneFileOfEachPartitionInOrder() {
        TableContract contract =
                table(Kind.COLUMNS, List.of(new PartitionField(PartitionField.Transform.IDENTITY, 0, "id")));
        List<List<?>> rows = IntStream.range(0, 2_000)
                .<List<?>>mapToObj(i -> List.of(i / 50L, "row " + i))
                .toList();
        try (IcebergLakehouse lakehouse = open()) {
            Tables.staged(lakehouse, contract, "a", rows);

            assertThat(stored()).hasSize(40);
        }
    }

    @Test
    void keepsRowsInTheirOrderOnTheDisk() {
        TableSchema columns = new TableSchema(
                List.of(
                        Field.optional(1, "id", DataType.Primitive.LONG),
                        Field.optional(2, "town", DataType.Primitive.STRING)),
                List.of());
        Schema schema = Schemas.toIceberg(columns);
        PartitionKey key =
                new PartitionKey(PartitionSpec.builderFor(schema).identity("id").build(), schema);
        Batch batch = new Batch(columns);
        List<List<?>> rows = IntStream.range(0, Batch.CAPACITY)
                .<List<?>>mapToObj(i -> Arrays.asList((long) i % 3, i % 7 == 0 ? null : "Grüße " + i))
                .toList();
        Tables.fill(batch, rows);
        Map<Object, List<Object>> found = new TreeMap<>();
        try (PartitionSpill spill = new PartitionSpill(columns, 500)) {
            for (int turn = 0; turn < 4; turn++) {
                for (int row = 0; row < rows.size(); row++) {
                    key.set(0, (long) row % 3);
                    spill.add(key, batch, row);
                }
            }
            spill.drain((partition, part) -> IntStream.range(0, part.size())
                    .forEach(row -> found.computeIfAbsent(partition.get(0, Long.class), id -> new ArrayList<>())
                            .add(part.row(row).values())));
        }
        for (long id = 0; id < 3; id++) {
            long wanted = id;
            List<Object> expected = IntStream.range(0, 4)
                    .boxed()
                    .flatMap(turn -> rows.stream().filter(row -> row.get(0).equals(wanted)))
                    .<Object>map(row -> row)
                    .toList();
            assertThat(found.get(id)).isEqualTo(expected);
        }
    }

    private static List<List<@Nullable Object>> nullable(List<List<?>> rows) {
        return rows.stream()
                .<List<@Nullable Object>>map(row -> new ArrayList<@Nullable Object>(row))
                .toList();
    }

    private static TableVersion publish(IcebergLakehouse lakehouse, TableContract contract, StagedTable staged) {
        return lakehouse
                .publish(new Publication(
                        new ProductAddress("tests", "stops"),
                        "id",
                        null,
                        1,
                        "run-1",
                        List.of(new Publication.Change.Write(contract, staged, Mode.APPEND)),
                        (release, tables) -> new byte[] {1}))
                .tables()
                .get(0);
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoHalfFileWhereTheWritingIsBrokenOff(Kind kind) {
        try (IcebergLakehouse lakehouse = open()) {
            try (StagedTable staged = lakehouse.stage(table(kind, List.of()), "a")) {
                write(staged, List.of(List.of(1L, kind.value)));
            }
            assertThat(stored()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void discardsAfterAFailureWithoutAnother(Kind kind) {
        try (IcebergLakehouse lakehouse = open();
                StagedTable staged = lakehouse.stage(table(kind, List.of()), "a")) {
            assertThatThrownBy(() -> {
                        write(staged, List.of(Arrays.asList(null, kind.value)));
                        staged.finish();
                    })
                    .isInstanceOf(MeshException.class)
                    .hasMessageContaining("it is required");

            staged.discard();

            assertThat(stored()).isEmpty();
        }
    }

    @Test
    void deletesWhatItCan() throws Exception {
        try (IcebergLakehouse lakehouse = open();
                StagedTable staged = lakehouse.stage(table(Kind.COLUMNS, List.of()), "a")) {
            write(staged, List.of(List.of(1L, "x")));
            staged.finish();
            Path file = Path.of(stored().get(0));
            java.nio.file.Files.delete(file);
            // a folder that is not empty cannot be deleted
            java.nio.file.Files.createDirectories(file.resolve("in the way"));

            staged.discard();

            assertThat(file).isDirectory();
        }
    }
}
