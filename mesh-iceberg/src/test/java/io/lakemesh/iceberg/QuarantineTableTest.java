package io.lakemesh.iceberg;

import static io.lakemesh.testkit.Tables.contract;
import static io.lakemesh.testkit.Tables.rows;
import static io.lakemesh.testkit.Tables.staged;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.check.QuarantinedRow;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Deadline;
import io.lakemesh.run.Mode;
import io.lakemesh.run.Publication;
import io.lakemesh.run.Publication.Change;
import io.lakemesh.run.Scan;
import io.lakemesh.run.StagedQuarantine;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTableTest {
    private static final TableContract STOPS =
            contract("search", Field.optional(Field.UNASSIGNED, "id", DataType.Primitive.LONG));

    private Path folder;

    @BeforeEach
    void useFolder(@TempDir Path temporary) {
        folder = temporary;
    }

    private IcebergLakehouse open() {
        return Embedded.open(folder);
    }

    private static StagedQuarantine quarantine(IcebergLakehouse lakehouse, String attempt, long... lines) {
        StagedQuarantine staged = lakehouse.stageQuarantine(STOPS, attempt);
        Arrays.stream(lines)
                .mapToObj(line -> new QuarantinedRow("in.csv", line, Map.of("id", "x", "a", "b"), List.of()))
                .forEach(staged::write);
        return staged;
    }

    private static List<Object> lines(IcebergLakehouse lakehouse, TableVersion version) {
        return rows(lakehouse, version, Scan.columns(List.of("line"))).stream()
                .map(row -> Objects.requireNonNull(row.get(0)))
                .toList();
    }

    private static void publish(IcebergLakehouse lakehouse, String run) {
        Change change = new Change.Write(STOPS, staged(lakehouse, STOPS, run, List.of(1L)), Mode.APPEND);
        lakehouse.publish(new Publication(
                new ProductAddress("tests", "stops"),
                "id",
                null,
                1,
                run,
                List.of(change),
                (release, tables) -> run.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void keepsWhatWasCommittedWhenTheRunIsDiscarded() {
        try (IcebergLakehouse lakehouse = open();
                StagedQuarantine staged = quarantine(lakehouse, "a", 1, 2)) {
            TableVersion version =
                    staged.commit("run-1", Deadline.start(Clock.systemUTC())).orElseThrow();

            staged.discard();

            assertThat(lines(lakehouse, version)).isEqualTo(List.of(1L, 2L));
        }
    }

    @Test
    void leavesNoFileOfARunThatIsDiscarded() {
        try (IcebergLakehouse lakehouse = open();
                StagedQuarantine staged = quarantine(lakehouse, "a", 1, 2)) {
            staged.discard();

            assertThat(Listing.of(folder.resolve("warehouse").toString())).isEmpty();
        }
    }

    @Test
    void keepsTheSameRowsOfAnotherExecutionAndNoFileOfItsOwn() {
        try (IcebergLakehouse lakehouse = open();
                StagedQuarantine first = quarantine(lakehouse, "a", 1, 2);
                StagedQuarantine second = quarantine(lakehouse, "b", 1, 2)) {
            TableVersion version =
                    first.commit("run-1", Deadline.start(Clock.systemUTC())).orElseThrow();

            TableVersion kept =
                    second.commit("run-1", Deadline.start(Clock.systemUTC())).orElseThrow();
            second.discard();

            assertThat(kept).isEqualTo(version);
            assertThat(second.commit("run-1", Deadline.start(Clock.systemUTC())))
                    .contains(version);
            assertThat(lines(lakehouse, kept)).isEqualTo(List.of(1L, 2L));
            assertThat(Listing.of(folder.resolve("warehouse").toString())).noneMatch(file -> file.contains("/data/b-"));
        }
    }

    @Test
    void replacesTheRowsOfARunThatWasNotPublishedAndLeavesTheirFiles() {
        try (IcebergLakehouse lakehouse = open();
                StagedQuarantine first = quarantine(lakehouse, "a", 1, 2);
                StagedQuarantine second = quarantine(lakehouse, "b", 3)) {
            TableVersion before =
                    first.commit("run-1", Deadline.start(Clock.systemUTC())).orElseThrow();

            TableVersion after =
                    second.commit("run-1", Deadline.start(Clock.systemUTC())).orElseThrow();

            assertThat(lines(lakehouse, after)).isEqualTo(List.of(3L));
            assertThat(lines(lakehouse, before)).isEqualTo(List.of(1L, 2L));
        }
    }

    @Test
    void neverReplacesTheRowsOfAPublishedRun() {
        try (IcebergLakehouse lakehouse = open();
                StagedQuarantine first = quarantine(lakehouse, "a", 1, 2);
                StagedQuarantine second = quarantine(lakehouse, "b", 3);
                StagedQuarantine none = quarantine(lakehouse, "c")) {
            TableVersion version =
                    first.commit("run-1", Deadline.start(Clock.systemUTC())).orElseThrow();
            publish(lakehouse, "run-1");

            assertThat(second.commit("run-1", Deadline.start(Clock.systemUTC())))
                    .contains(version);
            assertThat(none.commit("run-1", Deadline.start(Clock.systemUTC()))).contains(version);
        }
    }

    @Test
    void leavesTheRowsOnceWhenTheSameRunIsExecutedManyTimesAtOnce() throws Exception {
        var pool = Executors.newFixedThreadPool(5);
        try (IcebergLakehouse lakehouse = open()) {
            List<Callable<@Nullable TableVersion>> jobs = IntStream.range(0, 5)
                    .<Callable<@Nullable TableVersion>>mapToObj(i -> () -> {
                        try (IcebergLakehouse own = open();
                                StagedQuarantine staged = quarantine(own, "attempt-" + i, 1, 2, 3)) {
                            TableVersion version = staged.commit("run-1", Deadline.start(Clock.systemUTC()))
                                    .orElseThrow();
                            staged.discard();
                            return version;
                        }
                    })
                    .toList();

            List<@Nullable TableVersion> versions = new java.util.ArrayList<>();
            for (Future<@Nullable TableVersion> done : pool.invokeAll(jobs)) {
                versions.add(done.get());
            }

            assertThat(versions.stream().distinct()).hasSize(1);
            assertThat(lines(lakehouse, Objects.requireNonNull(versions.get(0))))
                    .isEqualTo(List.of(1L, 2L, 3L));
        } finally {
            pool.shutdownNow();
        }
    }
}
