package io.lakemesh.iceberg;

import static io.lakemesh.testkit.Tables.contract;
import static io.lakemesh.testkit.Tables.rows;
import static io.lakemesh.testkit.Tables.staged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.iceberg.FaultyCatalog.Fault;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Mode;
import io.lakemesh.run.ProductState;
import io.lakemesh.run.Publication;
import io.lakemesh.run.Publication.Change;
import io.lakemesh.run.Published;
import io.lakemesh.run.Scan;
import io.lakemesh.run.TableUpkeep;
import io.lakemesh.run.Upkeep;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishingFaultsTest {
    private static final ProductAddress STOPS = new ProductAddress("tests", "stops");
    private static final Field ID = Field.optional(Field.UNASSIGNED, "id", DataType.Primitive.LONG);
    private static final TableContract FIRST = contract("a", ID);
    private static final TableContract SECOND = contract("b", ID);

    private Path folder;

    @BeforeEach
    void useFolder(@TempDir Path temporary) {
        folder = temporary;
    }

    private IcebergLakehouse open(Function<CatalogSettings, IcebergCatalog> opener) {
        return IcebergLakehouse.open(Embedded.settings(folder), opener);
    }

    private IcebergLakehouse open() {
        return Embedded.open(folder);
    }

    private static Change append(IcebergLakehouse lakehouse, TableContract contract, String attempt, long id) {
        return new Change.Write(contract, staged(lakehouse, contract, attempt, List.of(id)), Mode.APPEND);
    }

    private static Published publish(IcebergLakehouse lakehouse, String run, Change... changes) {
        return lakehouse.publish(publication(lakehouse, run, changes));
    }

    private static Publication publication(IcebergLakehouse lakehouse, String run, Change... changes) {
        ProductState base = lakehouse.find(STOPS).orElse(null);
        long release = base == null ? 1 : base.release() + 1;
        return new Publication(
                STOPS, "id", base, release, run, List.of(changes), (number, tables) -> (number + run + tables)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static List<Object> ids(IcebergLakehouse lakehouse) {
        List<Object> ids = new ArrayList<>();
        for (TableVersion table : lakehouse.find(STOPS).orElseThrow().tables()) {
            rows(lakehouse, table, Scan.ALL).forEach(row -> ids.add(Objects.requireNonNull(row.get(0))));
        }
        return ids;
    }

    @Test
    void believesNoFailureWhoseCommitIsThere() {
        try (IcebergLakehouse sound = open()) {
            publish(sound, "run-1", append(sound, FIRST, "x", 1));
        }
        try (IcebergLakehouse lakehouse = open(settings -> new FaultyCatalog(settings, Fault.REPLY_LOST, 0))) {
            Published second = publish(lakehouse, "run-2", append(lakehouse, FIRST, "y", 2));

            assertThat(second.release()).isEqualTo(2);
            assertThat(ids(lakehouse)).hasSize(2);
            assertThat(second.tables().get(0).files()).allSatisfy(file -> assertThat(lakehouse.digest(file.location()))
                    .contains(file.sha256()));
        }
    }

    /** What was committed is then in a snapshot that the run did not make. */
    @Test
    void knowsItsReleaseWhereMaintenanceCameBeforeTheLostReply() {
        try (IcebergLakehouse sound = open()) {
            for (int i = 1; i <= 5; i++) {
                publish(sound, "run-" + i, append(sound, FIRST, "a" + i, i));
            }
            Runnable maintenance = () -> assertThat(maintain(sound).compacted()).isEqualTo(5);
            try (IcebergLakehouse lakehouse =
                    open(settings -> new FaultyCatalog(settings, Fault.REPLY_LOST, 0, maintenance))) {
                Publication sixth = publication(lakehouse, "run-6", append(lakehouse, FIRST, "b", 6));

                assertThat(lakehouse.publish(sixth).release()).isEqualTo(6);
                Published again = lakehouse.publish(sixth);

                assertThat(again.release()).isEqualTo(6);
                assertThat(again.already())
                        .as("the staged rows are those of the release")
                        .isFalse();
                assertThat(ids(lakehouse)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
            }
        }
    }

    /** Keeps every release, but no snapshot that another took the place of. */
    private static TableUpkeep maintain(IcebergLakehouse lakehouse) {
        return lakehouse
                .maintain(new Upkeep(
                        STOPS,
                        Set.of(1L, 2L, 3L, 4L, 5L, 6L),
                        Set.of(),
                        Duration.ofMinutes(-1),
                        false,
                        "steward",
                        Instant.now()))
                .get(0);
    }

    @Test
    void believesNoFailureOfARollbackThatIsThere() {
        TableVersion first;
        try (IcebergLakehouse sound = open()) {
            first = publish(sound, "run-1", append(sound, FIRST, "x", 1))
                    .tables()
                    .get(0);
            publish(sound, "run-2", append(sound, FIRST, "y", 2));
        }
        try (IcebergLakehouse lakehouse = open(settings -> new FaultyCatalog(settings, Fault.REPLY_LOST, 0))) {
            assertThat(publish(lakehouse, "run-3", new Change.PointBack(first)).release())
                    .isEqualTo(3);
            assertThat(ids(lakehouse)).isEqualTo(List.of(1L));
        }
    }

    @Test
    void saysThatTheOutcomeIsUnknownAndKeepsEveryFile() {
        try (IcebergLakehouse lakehouse = open(settings -> new FaultyCatalog(settings, Fault.CONNECTION_LOST, 0))) {
            Change change = append(lakehouse, FIRST, "x", 1);

            assertThatThrownBy(() -> publish(lakehouse, "run-1", change))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("Cannot tell whether release 1 of tests/stops was committed")
                    .hasMessageContaining("run again with run id run-1")
                    .hasMessageNotContaining("secret");
            publish(lakehouse, "run-1", change);
            assertThat(ids(lakehouse)).isEqualTo(List.of(1L));
        }
    }

    @Test
    void finishesAReleaseThatWasBrokenOffBetweenItsTables() {
        try (IcebergLakehouse sound = open()) {
            publish(sound, "run-1", append(sound, FIRST, "x", 1), append(sound, SECOND, "y", 2));
        }
        try (IcebergLakehouse dying = open(settings -> new FaultyCatalog(settings, Fault.KILLED, 1))) {
            Change[] changes = {append(dying, FIRST, "v", 3), append(dying, SECOND, "w", 4)};
            assertThatThrownBy(() -> publish(dying, "run-2", changes)).isInstanceOf(FaultyCatalog.Killed.class);
        }

        try (IcebergLakehouse next = open()) {
            ProductState found = next.find(STOPS).orElseThrow();

            assertThat(found.release()).isEqualTo(2);
            assertThat(found.tables()).extracting(TableVersion::rows).containsExactly(2L, 2L);
            assertThat(ids(next).stream().sorted().toList()).isEqualTo(List.of(1L, 2L, 3L, 4L));
            assertThat(next.blobs().list("intents/")).isEmpty();
            assertThat(publish(next, "run-3", append(next, FIRST, "z", 5), new Change.Keep(SECOND))
                            .release())
                    .isEqualTo(3);
        }
    }

    @Test
    void makesNothingOfAReleaseThatWasBrokenOffBeforeItsFirstTable() {
        try (IcebergLakehouse dying = open(settings -> new FaultyCatalog(settings, Fault.KILLED, 0))) {
            Change[] changes = {append(dying, FIRST, "v", 3), append(dying, SECOND, "w", 4)};
            assertThatThrownBy(() -> publish(dying, "run-1", changes)).isInstanceOf(FaultyCatalog.Killed.class);
        }

        try (IcebergLakehouse next = open()) {
            assertThat(next.find(STOPS)).isEmpty();
            publish(next, "run-2", append(next, FIRST, "x", 1), append(next, SECOND, "y", 2));
            assertThat(ids(next)).isEqualTo(List.of(1L, 2L));
            assertThat(next.find(STOPS)).isPresent();
            assertThat(next.blobs().list("intents/")).isEmpty();
        }
    }

    @Test
    void goesBackWhereAForeignProgramMadeTheReleaseImpossible() {
        try (IcebergLakehouse sound = open()) {
            publish(sound, "run-1", append(sound, FIRST, "x", 1), append(sound, SECOND, "y", 2));
        }
        IcebergCatalog catalog = new FaultyCatalog(Embedded.settings(folder), Fault.KILLED, 1);
        try (IcebergLakehouse dying = open(settings -> catalog)) {
            Change[] changes = {append(dying, FIRST, "v", 3), append(dying, SECOND, "w", 4)};
            assertThatThrownBy(() -> publish(dying, "run-2", changes)).isInstanceOf(FaultyCatalog.Killed.class);
            Objects.requireNonNull(catalog.find(SECOND.table()))
                    .updateProperties()
                    .set("foreign", "yes")
                    .commit();
        }

        try (IcebergLakehouse next = open()) {
            assertThat(next.find(STOPS).orElseThrow().release()).isEqualTo(1);
            assertThat(ids(next)).isEqualTo(List.of(1L, 2L));
            publish(next, "run-3", append(next, FIRST, "t", 5), append(next, SECOND, "u", 6));
            assertThat(ids(next)).hasSize(4).doesNotContain(3L);
        }
    }

    @Test
    void goesBackWhereTheMetadataFileBeforeIsGone() throws Exception {
        IcebergCatalog catalog = new FaultyCatalog(Embedded.settings(folder), Fault.KILLED, 1);
        try (IcebergLakehouse sound = open()) {
            publish(sound, "run-1", append(sound, FIRST, "x", 1), append(sound, SECOND, "y", 2));
        }
        try (IcebergLakehouse dying = open(settings -> catalog)) {
            Path before = Path.of(location(catalog, FIRST.table()));
            Change[] changes = {append(dying, FIRST, "v", 3), append(dying, SECOND, "w", 4)};
            assertThatThrownBy(() -> publish(dying, "run-2", changes)).isInstanceOf(FaultyCatalog.Killed.class);
            Objects.requireNonNull(catalog.find(SECOND.table()))
                    .updateProperties()
                    .set("foreign", "yes")
                    .commit();
            Files.delete(before);
        }

        try (IcebergLakehouse next = open()) {
            assertThat(next.find(STOPS).orElseThrow().release()).isEqualTo(1);
            assertThat(ids(next)).isEqualTo(List.of(1L, 2L));
        }
    }

    @Test
    void looksPastMetadataFilesThatAreGone() throws Exception {
        IcebergCatalog catalog = new IcebergCatalog(Embedded.settings(folder));
        try (IcebergLakehouse lakehouse = open(settings -> catalog)) {
            publish(lakehouse, "run-1", append(lakehouse, FIRST, "x", 1));
            Path first = Path.of(location(catalog, FIRST.table()));
            TableMetadata published = Objects.requireNonNull(catalog.find(FIRST.table()))
                    .operations()
                    .current();
            publish(lakehouse, "run-2", append(lakehouse, FIRST, "y", 2));
            TableMetadata now = Objects.requireNonNull(catalog.find(FIRST.table()))
                    .operations()
                    .current();

            assertThat(GuardedTableOperations.holdsRelease(now, published, catalog.io()))
                    .isTrue();
            Files.delete(first);
            assertThat(GuardedTableOperations.holdsRelease(now, published, catalog.io()))
                    .isFalse();
        }
    }

    @Test
    void leavesTheTablesMetadataAsItWasWhenARunIsRefused() {
        IcebergCatalog catalog = new IcebergCatalog(Embedded.settings(folder));
        try (IcebergLakehouse lakehouse = open(settings -> catalog)) {
            publish(lakehouse, "run-1", append(lakehouse, FIRST, "x", 1));
            String before = location(catalog, FIRST.table());
            Field added = Field.optional(Field.UNASSIGNED, "town", DataType.Primitive.STRING);

            staged(lakehouse, contract("a", ID, added), "y", List.of(2L, "Leeds"))
                    .close();

            assertThat(location(catalog, FIRST.table())).isEqualTo(before);
        }
    }

    private static String location(IcebergCatalog catalog, TableName table) {
        BaseTable found = Objects.requireNonNull(catalog.find(table));
        return found.operations().current().metadataFileLocation();
    }

    @Test
    void tagsTheReleaseAndNamesItsRun() {
        IcebergCatalog catalog = new IcebergCatalog(Embedded.settings(folder));
        try (IcebergLakehouse lakehouse = open(settings -> catalog)) {
            Published published = publish(lakehouse, "run-1", append(lakehouse, FIRST, "x", 1));
            BaseTable table = Objects.requireNonNull(catalog.find(FIRST.table()));

            assertThat(table.refs()).hasEntrySatisfying("r1", tag -> assertThat(tag.snapshotId())
                    .isEqualTo(published.tables().get(0).snapshotId()));
            assertThat(table.currentSnapshot().summary()).containsEntry("lakemesh.run-id", "run-1");
            assertThat(table.properties())
                    .containsEntry("lakemesh.product", "tests/stops")
                    .containsEntry("lakemesh.head", published.manifest())
                    .containsEntry("lakemesh.contract-version", "1.0.0");
            assertThat(table.operations().current().formatVersion()).isEqualTo(2);
        }
    }

    @Test
    void opensAtOnceInManyThreads() throws Exception {
        var pool = Executors.newFixedThreadPool(6);
        try {
            Callable<Boolean> job = () -> {
                try (IcebergLakehouse lakehouse = open()) {
                    return lakehouse.find(STOPS).isEmpty();
                }
            };
            for (Future<Boolean> done : pool.invokeAll(List.of(job, job, job, job, job, job))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
