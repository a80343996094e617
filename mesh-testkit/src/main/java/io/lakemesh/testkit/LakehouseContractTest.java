package io.lakemesh.testkit;

import static io.lakemesh.testkit.Tables.contract;
import static io.lakemesh.testkit.Tables.rows;
import static io.lakemesh.testkit.Tables.staged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.check.QuarantinedRow;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.PartitionField;
import io.lakemesh.contract.TableContract.PartitionField.Transform;
import io.lakemesh.contract.TableContract.SortField;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.contract.TableNames;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.predicate.Value;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Deadline;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.MeshTable;
import io.lakemesh.run.Mode;
import io.lakemesh.run.ProductState;
import io.lakemesh.run.Publication;
import io.lakemesh.run.Publication.Change;
import io.lakemesh.run.Published;
import io.lakemesh.run.Scan;
import io.lakemesh.run.StagedQuarantine;
import io.lakemesh.run.StagedTable;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Lakehouse} must do. */
public abstract class LakehouseContractTest {
    protected static final ProductAddress STOPS = new ProductAddress("tests", "stops");
    private static final Field ID = Field.optional(Field.UNASSIGNED, "id", DataType.Primitive.LONG);
    private static final Field TOWN = Field.optional(Field.UNASSIGNED, "town", DataType.Primitive.STRING);
    private static final Field NOTE = Field.optional(Field.UNASSIGNED, "note", DataType.Primitive.STRING);
    private static final Field DAY = Field.optional(Field.UNASSIGNED, "day", DataType.Primitive.DATE);
    protected static final TableContract SIMPLE = contract("search", ID, TOWN);

    private static final MeshTable.Definition OWN = new MeshTable.Definition(
            new TableName(TableNames.OWN_NAMESPACE, "contract_test"),
            "A test",
            new TableSchema(List.of(ID, TOWN), List.of()),
            MeshTable.OtherColumns.REFUSED);

    protected Path folder;

    protected Lakehouse lakehouse;

    /** Opens a lakehouse that keeps its data in the folder; called again, it must find what was there. */
    protected abstract Lakehouse open(Path folder);

    @BeforeEach
    void openLakehouse(@TempDir Path temporary) {
        folder = temporary;
        lakehouse = open(folder);
    }

    @AfterEach
    void closeLakehouse() {
        lakehouse.close();
    }

    /** Publishes upon the state as it is now. */
    protected Published publish(String runId, Change... changes) {
        return lakehouse.publish(publication(lakehouse.find(STOPS).orElse(null), runId, changes));
    }

    protected static Publication publication(@Nullable ProductState base, String runId, Change... changes) {
        long release = base == null ? 1 : base.release() + 1;
        return new Publication(
                STOPS, "stops-id", base, release, runId, List.of(changes), (number, tables) -> ("release " + number
                                + " of " + runId + " " + tables.toString().replaceAll("\\d{15,}", ""))
                        .getBytes(StandardCharsets.UTF_8));
    }

    protected Change append(String attempt, List<?>... rows) {
        return write(SIMPLE, Mode.APPEND, attempt, rows);
    }

    protected Change write(TableContract contract, Mode mode, String attempt, List<?>... rows) {
        return new Change.Write(contract, staged(lakehouse, contract, attempt, List.of(rows)), mode);
    }

    protected List<List<@Nullable Object>> current() {
        return rows(lakehouse, table(), Scan.ALL);
    }

    protected TableVersion table() {
        return lakehouse.find(STOPS).orElseThrow().tables().get(0);
    }

    @Test
    void knowsNothingOfAProductThatWasNeverPublished() {
        assertThat(lakehouse.find(STOPS)).isEmpty();
        assertThat(lakehouse.products()).isEmpty();
    }

    @Test
    void readsWhatWasPublished() {
        Published published = publish("run-1", append("a", List.of(1L, "Leeds"), Arrays.asList(2L, null)));

        assertThat(published.release()).isEqualTo(1);
        TableVersion table = published.tables().get(0);
        assertThat(table.rows()).isEqualTo(2);
        assertThat(table.addedRows()).isEqualTo(2);
        assertThat(rows(lakehouse, table, Scan.ALL)).containsExactly(List.of(1L, "Leeds"), Arrays.asList(2L, null));
        assertThat(lakehouse.products()).containsExactly(STOPS);
    }

    @Test
    void findsTheReleaseAsItWasPublished() {
        Published published = publish("run-1", append("a", List.of(1L, "Leeds")));

        ProductState found = lakehouse.find(STOPS).orElseThrow();

        assertThat(found.address()).isEqualTo(STOPS);
        assertThat(found.productId()).isEqualTo("stops-id");
        assertThat(found.release()).isEqualTo(1);
        assertThat(found.manifest()).isEqualTo(published.manifest());
        assertThat(found.tables()).hasSize(1);
        assertThat(found.tables().get(0))
                .usingRecursiveComparison()
                .ignoringFields("files")
                .isEqualTo(published.tables().get(0));
    }

    @Test
    void keepsTheManifestUnderItsDigest() {
        String digest = publish("run-1", append("a", List.of(1L, "Leeds"))).manifest();

        byte[] manifest = lakehouse
                .blobs()
                .get("objects/" + digest.substring(0, 2) + "/" + digest + ".json")
                .orElseThrow();

        assertThat(new String(manifest, StandardCharsets.UTF_8)).startsWith("release 1 of run-1");
        assertThat(sha256(manifest)).isEqualTo(digest);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void givesTheDigestOfEveryFileThatAReleaseAdds() {
        TableVersion table =
                publish("run-1", append("a", List.of(1L, "Leeds"))).tables().get(0);

        assertThat(table.files())
                .extracting(FileEvidence::kind)
                .containsExactlyInAnyOrder(
                        FileEvidence.Kind.DATA, FileEvidence.Kind.MANIFEST, FileEvidence.Kind.MANIFEST_LIST);
        assertThat(table.files()).allSatisfy(file -> assertThat(lakehouse.digest(file.location()))
                .contains(file.sha256()));
        assertThat(lakehouse.files(table))
                .extracting(FileEvidence::location)
                .containsExactlyInAnyOrderElementsOf(
                        table.files().stream().map(FileEvidence::location).toList());
    }

    @Test
    void hasNoDigestOfAFileThatIsNotThere() {
        assertThat(lakehouse.digest(lakehouse.blobs().location("nothing"))).isEmpty();
    }

    @Test
    void appends() {
        publish("run-1", append("a", List.of(1L, "Leeds")));
        TableVersion second =
                publish("run-2", append("b", List.of(2L, "York"))).tables().get(0);

        assertThat(current()).containsExactlyInAnyOrder(List.of(1L, "Leeds"), List.of(2L, "York"));
        assertThat(rows(lakehouse, second, new Scan(List.of(), null, true))).containsExactly(List.of(2L, "York"));
    }

    @Test
    void projectsColumnsInTheOrderWanted() {
        publish("run-1", append("a", List.of(1L, "Leeds")));

        assertThat(rows(lakehouse, table(), Scan.columns(List.of("town", "id"))))
                .containsExactly(List.of("Leeds", 1L));
        assertThat(rows(lakehouse, table(), Scan.columns(List.of("town")))).containsExactly(List.of("Leeds"));
        assertThatThrownBy(() -> lakehouse.read(table(), Scan.columns(List.of("twon"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Cannot read column twon");
    }

    @Test
    void readsOnlyTheRowsThatAFilterIsTrueOf() {
        publish("run-1", append("a", List.of(1L, "Leeds"), Arrays.asList(null, "York"), List.of(3L, "Hull")));
        Predicate above = new Predicate.Comparison(
                new Value.Column("id", 0, DataType.Primitive.LONG),
                Predicate.Operator.GREATER,
                new Value.Literal(1L, DataType.Primitive.LONG));

        assertThat(rows(lakehouse, table(), new Scan(List.of("town"), above, false)))
                .containsExactly(List.of("Hull"));
        assertThat(rows(lakehouse, table(), new Scan(List.of(), above, false))).containsExactly(List.of(3L, "Hull"));
    }

    @Test
    void overwrites() {
        publish("run-1", append("a", List.of(1L, "Leeds")));
        Published second = publish("run-2", write(SIMPLE, Mode.OVERWRITE, "b", List.of(2L, "York")));

        assertThat(current()).containsExactly(List.of(2L, "York"));
        assertThat(second.tables().get(0).rows()).isEqualTo(1);
    }

    @Test
    void overwritesWithNothing() {
        publish("run-1", append("a", List.of(1L, "Leeds")));
        publish("run-2", write(SIMPLE, Mode.OVERWRITE, "b"));

        assertThat(current()).isEmpty();
    }

    private static TableContract partitioned() {
        return contract(
                "search",
                List.of(ID, TOWN, DAY),
                List.of("id"),
                List.of(new PartitionField(Transform.MONTH, 0, "day"), new PartitionField(Transform.BUCKET, 4, "id")),
                List.of());
    }

    private static LocalDate day(int month, int day) {
        return LocalDate.of(2024, month, day);
    }

    @Test
    void overwritesThePartitionsThatItHasRowsFor() {
        TableContract contract = contract(
                "search",
                List.of(ID, TOWN, DAY),
                List.of(),
                List.of(new PartitionField(Transform.MONTH, 0, "day")),
                List.of());
        publish(
                "run-1",
                write(contract, Mode.APPEND, "a", List.of(1L, "Leeds", day(1, 1)), List.of(2L, "York", day(2, 1))));
        publish("run-2", write(contract, Mode.OVERWRITE_PARTITIONS, "b", List.of(3L, "Hull", day(2, 9))));

        assertThat(current())
                .containsExactlyInAnyOrder(List.of(1L, "Leeds", day(1, 1)), List.of(3L, "Hull", day(2, 9)));
    }

    @Test
    void readsTheRowsThatAnOverwriteOfPartitionsWouldKeep() {
        publish(
                "run-1",
                write(
                        partitioned(),
                        Mode.APPEND,
                        "a",
                        List.of(1L, "Leeds", day(1, 1)),
                        List.of(2L, "York", day(2, 1))));

        try (StagedTable staged = staged(lakehouse, partitioned(), "b", List.of(2L, "Hull", day(2, 9)));
                BatchReader reader = lakehouse.readOutside(staged, table(), Scan.columns(List.of("town")))) {
            assertThat(rows(reader)).containsExactly(List.of("Leeds"));
            staged.discard();
        }
    }

    @Test
    void tellsTheSnapshotThatReadersGet() {
        TableVersion first =
                publish("run-1", append("a", List.of(1L, "Leeds"))).tables().get(0);
        TableVersion second =
                publish("run-2", append("b", List.of(2L, "York"))).tables().get(0);

        assertThat(lakehouse.currentSnapshot(first)).contains(second.snapshotId());
    }

    @Test
    void upsertsRowsThatMoveToAnotherPartition() {
        publish(
                "run-1",
                write(
                        partitioned(),
                        Mode.APPEND,
                        "a",
                        List.of(1L, "Leeds", day(1, 1)),
                        List.of(2L, "York", day(1, 2)),
                        List.of(3L, "Hull", day(1, 3))));
        Published second = publish(
                "run-2",
                write(
                        partitioned(),
                        Mode.UPSERT,
                        "b",
                        List.of(2L, "Ripon", day(5, 1)),
                        List.of(4L, "Selby", day(1, 4))));

        assertThat(current())
                .containsExactlyInAnyOrder(
                        List.of(1L, "Leeds", day(1, 1)),
                        List.of(2L, "Ripon", day(5, 1)),
                        List.of(3L, "Hull", day(1, 3)),
                        List.of(4L, "Selby", day(1, 4)));
        assertThat(second.tables().get(0).rows()).isEqualTo(4);
        publish("run-3", write(partitioned(), Mode.UPSERT, "c", List.of(2L, "Otley", day(1, 1))));
        assertThat(current()).contains(List.of(2L, "Otley", day(1, 1))).hasSize(4);
        assertThat(table().rows()).isEqualTo(4);
    }

    @Test
    void refusesToUpsertWithoutAPrimaryKey() {
        publish("run-1", append("a", List.of(1L, "Leeds")));

        assertThatThrownBy(() -> publish("run-2", write(SIMPLE, Mode.UPSERT, "b", List.of(1L, "York"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Cannot upsert into table tests.stops_search_v1")
                .hasMessageContaining("no primary key");
    }

    @Test
    void pointsBackToAnEarlierReleaseAndGoesOnFromThere() {
        TableVersion first =
                publish("run-1", append("a", List.of(1L, "Leeds"))).tables().get(0);
        publish("run-2", append("b", List.of(2L, "York")));

        Published third = publish("run-3", new Change.PointBack(first));

        assertThat(third.release()).isEqualTo(3);
        assertThat(third.tables().get(0).addedRows()).isZero();
        assertThat(current()).containsExactly(List.of(1L, "Leeds"));
        publish("run-4", append("c", List.of(3L, "Hull")));
        assertThat(current()).containsExactlyInAnyOrder(List.of(1L, "Leeds"), List.of(3L, "Hull"));
    }

    @Test
    void evolvesTheTableWithItsContract() {
        Field narrow = Field.optional(Field.UNASSIGNED, "n", DataType.Primitive.INT);
        TableContract before = contract("search", narrow, TOWN);
        TableVersion first = publish("run-1", write(before, Mode.APPEND, "a", List.of(1, "Leeds")))
                .tables()
                .get(0);
        Field wide = Field.optional(Field.UNASSIGNED, "n", DataType.Primitive.LONG);
        Field place = Field.optional(Field.UNASSIGNED, "place", DataType.Primitive.STRING);
        List<ColumnContract> columns = List.of(
                Tables.column(DAY, null, null), Tables.column(place, "town", null), Tables.column(wide, null, null));
        TableContract after = Tables.evolved(before, "1.1.0", List.of(DAY, place, wide), columns);

        TableVersion second = publish("run-2", write(after, Mode.APPEND, "b", List.of(day(1, 1), "York", 2L)))
                .tables()
                .get(0);

        assertThat(rows(lakehouse, second, Scan.ALL))
                .containsExactlyInAnyOrder(Arrays.asList(null, "Leeds", 1L), List.of(day(1, 1), "York", 2L));
        assertThat(rows(lakehouse, first, Scan.ALL)).containsExactly(List.of(1, "Leeds"));
        assertThat(second.schema().field(1).id())
                .isEqualTo(first.schema().field(1).id());
        publish("run-3", new Change.PointBack(first));
        assertThat(table().schema()).isEqualTo(first.schema());
        assertThat(table().contractVersion()).isEqualTo("1.0.0");
        assertThat(current()).containsExactly(List.of(1, "Leeds"));
    }

    @Test
    void refusesAChangeThatFilesCannotFollow() {
        publish("run-1", append("a", List.of(1L, "Leeds")));
        Field text = Field.optional(Field.UNASSIGNED, "id", DataType.Primitive.STRING);

        assertThatThrownBy(() -> lakehouse.stage(contract("search", text, TOWN), "b"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("column id cannot change from long to string")
                .hasMessageContaining("new major version");
    }

    @Test
    void keepsFieldIdsInANewMajorVersion() {
        TableVersion first =
                publish("run-1", append("a", List.of(1L, "Leeds"))).tables().get(0);
        Field place = Field.optional(Field.UNASSIGNED, "place", DataType.Primitive.STRING);
        TableContract second = new TableContract(
                "search",
                "port",
                "contract-search",
                "2.0.0",
                new TableContract.TableName("tests", "stops_search_v2"),
                "",
                new io.lakemesh.schema.TableSchema(List.of(DAY, place), List.of()),
                List.of(Tables.column(DAY, null, null), Tables.column(place, "town", null)),
                List.of(),
                List.of(),
                0.2,
                List.of());

        publish("run-2", write(second, Mode.APPEND, "b", List.of(day(1, 1), "York")));

        assertThat(table().schema().fields())
                .extracting(Field::id)
                .containsExactly(3, first.schema().field(1).id());
        assertThat(rows(lakehouse, first, Scan.ALL)).containsExactly(List.of(1L, "Leeds"));
        assertThat(current()).containsExactly(List.of(day(1, 1), "York"));
    }

    @Test
    void refusesAPublicationWhoseBaseHasMoved() {
        ProductState base = find(publish("run-1", append("a", List.of(1L, "Leeds"))));
        StagedTable staged = staged(lakehouse, SIMPLE, "b", List.of(2L, "York"));
        publish("run-2", append("c", List.of(3L, "Hull")));

        assertThatThrownBy(() ->
                        lakehouse.publish(publication(base, "run-3", new Change.Write(SIMPLE, staged, Mode.APPEND))))
                .isInstanceOf(ConflictException.class)
                .hasMessage("Cannot publish release 2 of tests/stops: run run-2 published first; try again");
        publish("run-3", new Change.Write(SIMPLE, staged, Mode.APPEND));
        assertThat(current()).hasSize(3).contains(List.of(2L, "York"));
    }

    @Test
    void tellsThatAnotherExecutionPublishedTheRun() {
        StagedTable late = staged(lakehouse, SIMPLE, "b", List.of(1L, "Leeds"));
        Published first = lakehouse.publish(publication(null, "run-1", append("a", List.of(1L, "Leeds"))));

        Published second = lakehouse.publish(publication(null, "run-1", new Change.Write(SIMPLE, late, Mode.APPEND)));
        late.discard();

        assertThat(first.already()).isFalse();
        assertThat(second.already()).isTrue();
        assertThat(second.manifest()).isEqualTo(first.manifest());
        assertThat(current()).containsExactly(List.of(1L, "Leeds"));
    }

    @Test
    void startsEmptyAfterARollbackToBeforeATablesFirstRelease() {
        TableVersion first =
                publish("run-1", append("a", List.of(1L, "Leeds"))).tables().get(0);
        TableContract second = contract("search2", List.of(ID), List.of("id"), List.of(), List.of());
        TableContract other = contract("other2", ID);
        publish(
                "run-2",
                write(second, Mode.APPEND, "b", List.of(3L), List.of(4L)),
                write(other, Mode.APPEND, "b2", List.of(5L)));
        publish("run-3", new Change.PointBack(first));

        Published fourth = publish("run-4", write(second, Mode.APPEND, "c", List.of(3L)), new Change.Keep(other));

        TableVersion again = version(fourth, second);
        assertThat(rows(lakehouse, again, Scan.ALL)).containsExactly(List.of(3L));
        assertThat(again.rows()).isEqualTo(1);
        assertThat(again.addedRows()).isEqualTo(1);
        assertThat(again.files()).allSatisfy(file -> assertThat(lakehouse.digest(file.location()))
                .contains(file.sha256()));
        assertThat(version(fourth, other).rows()).isZero();
        assertThat(rows(lakehouse, version(fourth, other), Scan.ALL)).isEmpty();
        Published fifth = publish("run-5", write(second, Mode.APPEND, "d", List.of(6L)), new Change.Keep(other));
        assertThat(rows(lakehouse, version(fifth, second), Scan.ALL))
                .containsExactlyInAnyOrder(List.of(3L), List.of(6L));
    }

    private static TableVersion version(Published published, TableContract contract) {
        return published.tables().stream()
                .filter(version -> version.table().equals(contract.table()))
                .findFirst()
                .orElseThrow();
    }

    private ProductState find(Published published) {
        ProductState found = lakehouse.find(STOPS).orElseThrow();
        assertThat(found.manifest()).isEqualTo(published.manifest());
        return found;
    }

    @Test
    void publishesARunOnce() {
        Publication publication = publication(null, "run-1", append("a", List.of(1L, "Leeds")));

        Published first = lakehouse.publish(publication);
        Published second = lakehouse.publish(publication);

        assertThat(second.release()).isEqualTo(first.release());
        assertThat(second.manifest()).isEqualTo(first.manifest());
        assertThat(second.already())
                .as("the staged rows are those of the release")
                .isFalse();
        assertThat(current()).containsExactly(List.of(1L, "Leeds"));
    }

    @Test
    void leavesNoTraceOfARunThatIsNotPublished() {
        staged(lakehouse, SIMPLE, "a", List.of(1L, "Leeds")).close();
        assertThat(lakehouse.find(STOPS)).isEmpty();
        publish("run-1", append("b", List.of(2L, "York")));
        TableVersion before = table();

        StagedTable refused = staged(lakehouse, contract("search", ID, TOWN, DAY), "c", List.of(3L, "Hull", day(1, 1)));
        refused.discard();

        assertThat(table()).isEqualTo(before);
        assertThat(current()).containsExactly(List.of(2L, "York"));
    }

    @Test
    void publishesSeveralTablesAsOneRelease() {
        TableContract other = contract("outcome", ID);
        publish("run-1", append("a", List.of(1L, "Leeds")), write(other, Mode.APPEND, "a2", List.of(7L)));
        Published second = publish("run-2", append("b", List.of(2L, "York")), new Change.Keep(other));

        ProductState state = lakehouse.find(STOPS).orElseThrow();

        assertThat(state.release()).isEqualTo(2);
        assertThat(state.manifest()).isEqualTo(second.manifest());
        assertThat(state.tables()).extracting(TableVersion::object).containsExactlyInAnyOrder("search", "outcome");
        assertThat(state.tables()).extracting(TableVersion::rows).containsExactlyInAnyOrder(2L, 1L);
    }

    @Test
    void keepsTablesThatNeverHadRows() {
        TableContract other = contract("outcome", ID);
        Published published = publish("run-1", append("a", List.of(1L, "Leeds")), new Change.Keep(other));

        assertThat(published.tables()).extracting(TableVersion::rows).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void tellsProductsApartWhoseTablesHaveAPrefixInCommon() {
        publish("run-1", append("a", List.of(1L, "Leeds")));

        assertThat(lakehouse.find(new ProductAddress("tests", "stops_search"))).isEmpty();
        assertThat(lakehouse.find(new ProductAddress("tests", "stop"))).isEmpty();
    }

    @Test
    void refusesATableThatBelongsToAnotherProduct() {
        publish("run-1", append("a", List.of(1L, "Leeds")));
        StagedTable staged = staged(lakehouse, SIMPLE, "b", List.of(2L, "York"));
        Publication foreign = new Publication(
                new ProductAddress("tests", "Stops"),
                "other",
                null,
                1,
                "run-2",
                List.of(new Change.Write(SIMPLE, staged, Mode.APPEND)),
                (release, tables) -> new byte[0]);

        assertThatThrownBy(() -> lakehouse.publish(foreign))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot publish tests/Stops: table tests.stops_search_v1 belongs to product tests/stops");
    }

    @Test
    void findsWhatWasPublishedAfterReopening() {
        publish("run-1", append("a", List.of(1L, "Leeds")));
        ProductState before = lakehouse.find(STOPS).orElseThrow();
        lakehouse.close();

        lakehouse = open(folder);

        assertThat(lakehouse.find(STOPS)).contains(before);
    }

    @Test
    void sortsWithinAFile() {
        TableContract sorted = contract(
                "search",
                List.of(ID, TOWN),
                List.of(),
                List.of(),
                List.of(new SortField("town", true), new SortField("id", false)));
        publish(
                "run-1",
                write(
                        sorted,
                        Mode.APPEND,
                        "a",
                        List.of(1L, "York"),
                        List.of(2L, "Leeds"),
                        List.of(3L, "York"),
                        Arrays.asList(4L, null)));

        assertThat(current())
                .containsExactly(
                        Arrays.asList(4L, null), List.of(2L, "Leeds"), List.of(3L, "York"), List.of(1L, "York"));
    }

    @Test
    void writesMorePartitionsThanItKeepsOpen() {
        TableContract wide = contract(
                "search",
                List.of(ID, TOWN),
                List.of(),
                List.of(new PartitionField(Transform.IDENTITY, 0, "id")),
                List.of());
        List<?>[] rows = IntStream.range(0, 200)
                .mapToObj(i -> List.of(i % 40L, "row " + i))
                .toArray(List<?>[]::new);

        publish("run-1", write(wide, Mode.APPEND, "a", rows));

        assertThat(current())
                .containsExactlyInAnyOrderElementsOf(List.of(rows).stream()
                        .map(row -> new ArrayList<@Nullable Object>(row))
                        .toList());
        assertThat(table().rows()).isEqualTo(200);
    }

    @Test
    void keepsValuesOfEveryType() {
        Field name = Field.required(0, "name", DataType.Primitive.STRING);
        Field element = Field.optional(0, "element", new DataType.Struct(List.of(name)));
        Field key = Field.required(0, "key", DataType.Primitive.STRING);
        Field value = Field.optional(0, "value", new DataType.Decimal(9, 2));
        List<DataType> types = List.of(
                DataType.Primitive.BOOLEAN,
                DataType.Primitive.INT,
                DataType.Primitive.LONG,
                DataType.Primitive.FLOAT,
                DataType.Primitive.DOUBLE,
                DataType.Primitive.DATE,
                DataType.Primitive.TIME,
                DataType.Primitive.TIMESTAMP,
                DataType.Primitive.TIMESTAMPTZ,
                DataType.Primitive.STRING,
                DataType.Primitive.UUID,
                DataType.Primitive.BINARY,
                new DataType.Decimal(38, 10),
                new DataType.Decimal(9, 2),
                new DataType.Decimal(18, 4),
                new DataType.Struct(List.of(name, Field.optional(0, "n", DataType.Primitive.LONG))),
                new DataType.ListOf(element),
                new DataType.MapOf(key, value));
        Field[] fields = IntStream.range(0, types.size())
                .mapToObj(i -> Field.optional(0, "c" + i, types.get(i)))
                .toArray(Field[]::new);
        List<Object> values = List.of(
                true,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                1.5f,
                Double.NaN,
                day(2, 29),
                LocalTime.of(23, 59, 59, 999_999_000),
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 1000),
                OffsetDateTime.parse("2024-02-29T12:00:00.000001Z"),
                "Grüße, 世界 \uD83D\uDE00",
                UUID.fromString("5b1b4f3e-0000-4000-8000-00000000000f"),
                ByteBuffer.wrap(new byte[] {0, -1}).asReadOnlyBuffer(),
                new BigDecimal("-1234567890123456789012345678.0123456789"),
                new BigDecimal("1.50"),
                new BigDecimal("-12345678901234.5678"),
                new Row(List.of("name", "n"), Arrays.asList("x", null)),
                Arrays.asList(new Row(List.of("name"), List.of("y")), null),
                Map.of("a", new BigDecimal("0.01")));
        List<Object> nulls = Arrays.asList(new Object[types.size()]);

        publish("run-1", write(contract("search", fields), Mode.APPEND, "a", values, nulls));

        assertThat(current()).containsExactly(new ArrayList<@Nullable Object>(values), nulls);
    }

    @Test
    void replacesTheQuarantineOfTheSameRun() {
        quarantine("run-1", "a", row(1), row(2));
        quarantine("run-2", "b", row(3));
        TableVersion again = quarantine("run-1", "c", row(4));

        assertThat(rows(lakehouse, again, Scan.columns(List.of("run_id", "line"))))
                .containsExactlyInAnyOrder(List.of("run-2", 3L), List.of("run-1", 4L));
        assertThat(rows(lakehouse, again, new Scan(List.of("line"), null, true)))
                .containsExactly(List.of(4L));
        assertThat(again.files())
                .allSatisfy(
                        file -> assertThat(lakehouse.digest(file.location())).contains(file.sha256()))
                .extracting(FileEvidence::kind)
                .contains(FileEvidence.Kind.QUARANTINE);
        try (StagedQuarantine none = lakehouse.stageQuarantine(SIMPLE, "d")) {
            assertThat(none.commit("run-1", Deadline.start(Clock.systemUTC()))).isEmpty();
        }
        assertThat(rows(lakehouse, quarantine("run-3", "e", row(5)), Scan.columns(List.of("run_id"))))
                .containsExactlyInAnyOrder(List.of("run-2"), List.of("run-3"));
    }

    @Test
    void showsWhyARowWasSetAside() {
        TableVersion version = quarantine("run-1", "a", row(7));

        List<@Nullable Object> row = rows(
                        lakehouse, version, Scan.columns(List.of("run_id", "file", "line", "record", "reasons")))
                .get(0);

        assertThat(row)
                .containsExactly(
                        "run-1",
                        "in.csv",
                        7L,
                        Map.of("id", "x"),
                        List.of(new Row(
                                List.of("rule", "field", "message"),
                                Arrays.asList("id.type", null, "is not a whole number"))));
    }

    private static QuarantinedRow row(long line) {
        return new QuarantinedRow(
                "in.csv",
                line,
                Map.of("id", "x"),
                List.of(new QuarantinedRow.Reason("id.type", null, "is not a whole number")));
    }

    private TableVersion quarantine(String run, String attempt, QuarantinedRow... rows) {
        try (StagedQuarantine staged = lakehouse.stageQuarantine(SIMPLE, attempt)) {
            Arrays.stream(rows).forEach(staged::write);
            assertThat(staged.rows()).isEqualTo(rows.length);
            return staged.commit(run, Deadline.start(Clock.systemUTC())).orElseThrow();
        }
    }

    @Test
    void addsToATableOfTheMeshOnlyUponWhatWasOpened() {
        MeshTable first = lakehouse.open(OWN);
        MeshTable slower = lakehouse.open(OWN);
        assertThat(first.position()).isEmpty();
        assertThat(first.append(List.of(own(1, "Bath")), "one")).isTrue();
        assertThat(slower.append(List.of(own(1, "Bath")), "one")).isFalse();

        MeshTable second = lakehouse.open(OWN);
        MeshTable slowest = lakehouse.open(OWN);
        assertThat(second.position()).contains("one");
        assertThat(second.append(List.of(own(2, null), own(3, "York")), "two")).isTrue();
        assertThat(slowest.append(List.of(own(2, null)), "other")).isFalse();
        assertThat(lakehouse.open(OWN).append(List.of(), "three")).isTrue();

        assertThat(lakehouse.open(OWN).position()).contains("three");
        assertThat(idsOf(lakehouse.open(OWN), null)).containsExactly(1L, 2L, 3L);
        assertThat(idsOf(lakehouse.open(OWN), Predicates.parse("town = 'York'", OWN.columns())))
                .containsExactly(3L);
        assertThat(idsOf(second, null)).containsExactly(1L);
        assertThat(idsOf(first, null)).isEmpty();
        assertThat(lakehouse.products()).isEmpty();
    }

    @Test
    void keepsATableOfTheMeshThatHasOtherColumns() {
        MeshTable.Definition older = own(MeshTable.OtherColumns.KEPT, ID, TOWN);
        MeshTable.Definition newer = own(MeshTable.OtherColumns.KEPT, ID, NOTE, TOWN);
        lakehouse.open(older).append(List.of(own(1, "Bath")), "one");

        MeshTable lacking = lakehouse.open(newer);
        assertThat(lacking.position()).contains("one");
        assertThat(textsOf(lacking)).containsExactly("{id=1, town=Bath, note=null}");
        assertThat(idsOf(lacking, Predicates.parse("town = 'Bath'", newer.columns())))
                .containsExactly(1L);
        assertThat(idsOf(lacking, Predicates.parse("note IS NULL", newer.columns())))
                .containsExactly(1L);
        Row noted = new Row(List.of("id", "note", "town"), List.of(2L, "seen", "Deal"));
        assertThat(lacking.append(List.of(noted), "two")).isTrue();
        assertThat(lakehouse.open(older).append(List.of(own(3, "York")), "three"))
                .isTrue();

        assertThat(lakehouse.open(newer).position()).contains("three");
        assertThat(textsOf(lakehouse.open(older)))
                .isEqualTo(textsOf(lakehouse.open(newer)))
                .containsExactly(
                        "{id=1, town=Bath, note=null}", "{id=2, town=Deal, note=seen}", "{id=3, town=York, note=null}");
        assertThat(idsOf(lakehouse.open(newer), Predicates.parse("note = 'seen'", newer.columns())))
                .containsExactly(2L);
        assertThat(idsOf(lakehouse.open(older), Predicates.parse("town = 'York'", older.columns())))
                .containsExactly(3L);
    }

    @Test
    void refusesATableOfTheMeshThatCannotBeKept() {
        lakehouse.open(OWN).append(List.of(own(1, "Bath")), "one");

        Field other = Field.optional(Field.UNASSIGNED, "town", DataType.Primitive.LONG);
        for (MeshTable.Definition definition : List.of(
                own(MeshTable.OtherColumns.REFUSED, ID, TOWN, NOTE),
                own(MeshTable.OtherColumns.REFUSED, ID),
                own(MeshTable.OtherColumns.REFUSED, TOWN, ID))) {
            assertRefused(definition, "rename or drop it, and it is made again");
        }
        assertRefused(own(MeshTable.OtherColumns.KEPT, ID, other), "use the version that made it, or rename it");
    }

    @Test
    void refusesATableOfTheMeshThatNeedsWhatTheDefinitionLacks() {
        Field needed = Field.required(Field.UNASSIGNED, "town", DataType.Primitive.STRING);
        lakehouse.open(own(MeshTable.OtherColumns.KEPT, ID, needed)).append(List.of(own(1, "Bath")), "one");

        assertRefused(own(MeshTable.OtherColumns.KEPT, ID), "use the version that made it, or rename it");
    }

    private void assertRefused(MeshTable.Definition definition, String remedy) {
        assertThatThrownBy(() -> lakehouse.open(definition))
                .as(definition.toString())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot add to table lakemesh.contract_test: it is not as this version of Lakemesh makes it; "
                                + remedy);
    }

    private static MeshTable.Definition own(MeshTable.OtherColumns otherColumns, Field... columns) {
        return new MeshTable.Definition(
                OWN.name(), OWN.description(), new TableSchema(List.of(columns), List.of()), otherColumns);
    }

    private static List<String> textsOf(MeshTable table) {
        List<String> texts = new ArrayList<>();
        try (BatchReader reader = table.read(Scan.ALL)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.size(); row++) {
                    texts.add(batch.row(row).asMap().toString());
                }
            }
        }
        return texts.stream().sorted().toList();
    }

    private static List<@Nullable Object> idsOf(MeshTable table, @Nullable Predicate filter) {
        List<@Nullable Object> ids = new ArrayList<>();
        try (BatchReader reader = table.read(new Scan(List.of("id"), filter, false))) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.size(); row++) {
                    ids.add(batch.row(row).get("id"));
                }
            }
        }
        ids.sort(Comparator.comparing(String::valueOf));
        return ids;
    }

    private static Row own(long id, @Nullable String town) {
        return new Row(List.of("id", "town"), Arrays.asList(id, town));
    }

    @Test
    void losesNothingWhenManyPublishAtOnce() throws Exception {
        int threads = 8;
        int each = 10;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<@Nullable Void>> jobs = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                jobs.add(() -> publishMany(number, each));
            }
            for (Future<?> done : pool.invokeAll(jobs)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(current()).hasSize(threads * each).doesNotHaveDuplicates();
        assertThat(lakehouse.find(STOPS).orElseThrow().release()).isEqualTo((long) threads * each);
    }

    private @Nullable Void publishMany(int thread, int count) {
        for (int i = 0; i < count; i++) {
            String run = "run-" + thread + "-" + i;
            Change change = append(run, List.of(100L * thread + i, "Leeds"));
            boolean published = false;
            while (!published) {
                try {
                    publish(run, change);
                    published = true;
                } catch (ConflictException e) {
                    assertThat(e).hasMessageContaining("try again");
                }
            }
        }
        return null;
    }
}
