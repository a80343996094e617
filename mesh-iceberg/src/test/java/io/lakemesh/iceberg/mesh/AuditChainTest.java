package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.MeshConfig;
import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.audit.AuditVerification;
import io.lakemesh.iceberg.OwnTables;
import io.lakemesh.iceberg.Surroundings;
import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.policy.Subject;
import io.lakemesh.provenance.Digests;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain of the audit: that it never forks, and what is found of somebody who can write its table. */
class AuditChainTest {
    private static final String TABLE = "audit";

    @TempDir
    Path folder;

    private static void append(MeshConfig config, String... users) {
        try (Shop shop = new Shop(config.home(), config)) {
            for (String user : users) {
                shop.mesh()
                        .audit()
                        .append(AuditRecord.granted(Action.READ)
                                .subject(Subject.of(user))
                                .role("analyst"));
            }
        }
    }

    private static AuditVerification verify(MeshConfig config, @Nullable String noted) {
        try (Shop shop = new Shop(config.home(), config)) {
            return shop.mesh().audit().verify(noted);
        }
    }

    private MeshConfig five() {
        MeshConfig config = MeshConfig.embedded(folder);
        append(config, "a", "b", "c");
        append(config, "d", "e");
        assertThat(verify(config, null)).matches(AuditVerification::holds).matches(found -> found.count() == 5);
        return config;
    }

    private void assertFound(UnaryOperator<List<Record>> change, String problem) {
        MeshConfig config = five();
        OwnTables.change(config, TABLE, change);
        assertThat(verify(config, null).problem()).matches(problem);
    }

    private static Record with(Record row, String column, @Nullable Object value) {
        Record copy = row.copy();
        copy.setField(column, value);
        return copy;
    }

    private static List<Record> replaced(List<Record> rows, int at, Record row) {
        List<Record> all = new ArrayList<>(rows);
        all.set(at, row);
        return all;
    }

    private static List<Record> without(List<Record> rows, int... at) {
        return IntStream.range(0, rows.size())
                .filter(i -> IntStream.of(at).noneMatch(gone -> gone == i))
                .mapToObj(rows::get)
                .toList();
    }

    @Test
    void otherFilesOfTheSameRecordsHold() {
        MeshConfig config = five();
        OwnTables.change(
                config, TABLE, rows -> List.of(rows.get(4), rows.get(0), rows.get(2), rows.get(3), rows.get(1)));
        assertThat(verify(config, null).problem()).isNull();
    }

    @Test
    void findsAChangedRecord() {
        assertFound(
                rows -> replaced(rows, 1, with(rows.get(1), "user_name", "eve")),
                "record 2 \\(20.*Z\\) was changed: it does not fit its hash");
    }

    @Test
    void findsATextThatWasTakenAway() {
        assertFound(rows -> replaced(rows, 3, with(rows.get(3), "role", null)), "record 4 .* was changed.*");
    }

    @Test
    void findsAnotherTime() {
        assertFound(
                rows -> replaced(
                        rows,
                        0,
                        with(
                                rows.get(0),
                                "decided_at",
                                ((OffsetDateTime) rows.get(0).getField("decided_at")).plusNanos(1_000))),
                "record 1 .* was changed.*");
    }

    @Test
    void findsARecordThatIsMissing() {
        assertFound(rows -> without(rows, 2), "record 3 is missing: the next is record 4 \\(.*");
    }

    @Test
    void findsTheFirstMissing() {
        assertFound(rows -> without(rows, 0, 1), "record 1 is missing: the next is record 3 \\(.*");
    }

    @Test
    void findsTwoThatChangedPlaces() {
        assertFound(
                rows -> replaced(
                        replaced(rows, 1, with(rows.get(2), "sequence", 2L)), 2, with(rows.get(1), "sequence", 3L)),
                "record 2 .* was changed.*");
    }

    @Test
    void findsARecordThatIsThereTwice() {
        assertFound(rows -> replaced(rows, 2, rows.get(1)), "record 2 .* is there twice.*");
    }

    @Test
    void findsThatTheEndWasCutOff() {
        assertFound(
                rows -> without(rows, 3, 4),
                "the table says that it has 5 records, but the last is record 3 \\(.*: record 4 is missing");
        assertThat(verify(MeshConfig.embedded(folder), null).count()).isEqualTo(5);
    }

    @Test
    void findsThatAllIsGone() {
        assertFound(
                rows -> without(rows, 0, 1, 2, 3, 4),
                "the table says that it has 5 records, but there is none: record 1 is missing");
    }

    @Test
    void findsTheTablePutBackToAnEarlierSnapshot() {
        MeshConfig config = five();
        OwnTables.rollBack(config, TABLE);
        assertThat(verify(config, null).problem())
                .matches("the table says that it has 5 records, but the last is record 3 .*");
    }

    @Test
    void findsATableThatDoesNotSayWhereItEnds() {
        MeshConfig config = five();
        OwnTables.set(config, TABLE, "lakemesh.position", "{}");
        assertThat(verify(config, null).problem()).isEqualTo("the table does not say where the chain ends");
    }

    @Test
    void findsAFileThatIsGone() {
        MeshConfig config = five();
        Shop.filesBelow(folder.resolve(".mesh/warehouse/lakemesh/audit/data"))
                .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        assertThat(verify(config, null).problem()).contains("it is missing or damaged");
    }

    @Test
    void findsAForgedRecordPastTheEnd() {
        assertFound(
                rows -> {
                    List<Record> all = new ArrayList<>(rows);
                    all.add(forged(rows.get(4), "eve"));
                    return all;
                },
                "the table says that it has 5 records, but the last is record 6 .*: it was added past the chain");
    }

    /** Made as we make them, by somebody who reads our code. */
    private static Record forged(Record last, String user) {
        long sequence = (Long) last.getField("sequence") + 1;
        Record next =
                with(with(with(last, "user_name", user), "sequence", sequence), "previous_hash", last.getField("hash"));
        return with(next, "hash", hash(next));
    }

    private static String hash(Record row) {
        List<String> parts = new ArrayList<>(List.of(
                "lakemesh.audit/1",
                String.valueOf(row.getField("sequence")),
                String.valueOf(row.getField("previous_hash"))));
        for (NestedField column : row.struct().fields()) {
            Object value = row.getField(column.name());
            if (value != null && !List.of("sequence", "previous_hash", "hash").contains(column.name())) {
                parts.add(column.name());
                parts.add(
                        value instanceof OffsetDateTime time ? time.toInstant().toString() : value.toString());
            }
        }
        return Digests.of(parts);
    }

    /** Only a head that was kept elsewhere finds a whole new chain; the chain alone holds, as decision 13 says. */
    @Test
    void aKeptHeadFindsAChainThatWasMadeAnew() {
        MeshConfig config = five();
        String kept = verify(config, null).head();
        assertThat(verify(config, kept).holds()).isTrue();
        OwnTables.change(config, TABLE, rows -> {
            List<Record> chain = new ArrayList<>(List.of(rows.get(0)));
            for (int i = 1; i < rows.size(); i++) {
                chain.add(forged(chain.get(i - 1), i == 1 ? "eve" : "x"));
            }
            OwnTables.set(
                    config,
                    TABLE,
                    "lakemesh.position",
                    "{\"count\":5,\"hash\":\"" + chain.get(4).getField("hash") + "\"}");
            return chain;
        });

        assertThat(verify(config, null).holds()).isTrue();
        assertThat(verify(config, kept).problem()).startsWith("no record has the noted hash");
    }

    @Test
    void neverForksOnSqlite() throws Exception {
        assertOneChain(new Surroundings(Storage.LOCAL, Catalogs.SQLITE));
    }

    @Test
    @Tag("server")
    void neverForksOnPostgres() throws Exception {
        assertOneChain(new Surroundings(Storage.MINIO, Catalogs.POSTGRES));
    }

    @Test
    @Tag("server")
    void neverForksOnRest() throws Exception {
        assertOneChain(new Surroundings(Storage.MINIO, Catalogs.REST));
    }

    /** Four at once, on one machine's folder and on others', open and close a mesh again and again. */
    private void assertOneChain(Surroundings surroundings) throws Exception {
        try (surroundings) {
            MeshConfig config = surroundings.mesh(folder);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Callable<Integer>> jobs = new ArrayList<>();
            for (int job = 0; job < 4; job++) {
                int number = job;
                MeshConfig own = new MeshConfig(
                        "mesh", "tester", job < 2 ? folder : folder.resolve("other-" + job), config.sections());
                jobs.add(() -> {
                    for (int round = 0; round < 5; round++) {
                        append(own, "u" + number + "-" + round, "v" + number + "-" + round);
                    }
                    return number;
                });
            }
            try {
                for (Future<Integer> done : threads.invokeAll(jobs)) {
                    done.get();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(verify(config, null)).matches(AuditVerification::holds).matches(found -> found.count() == 40);
            assertThat(OwnTables.rows(config, TABLE, "user_name"))
                    .doesNotHaveDuplicates()
                    .hasSize(40);
        }
    }
}
