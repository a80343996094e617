package io.lakemesh.iceberg.mesh;

import static io.lakemesh.iceberg.mesh.Shop.publish;
import static io.lakemesh.iceberg.mesh.Shop.rows;
import static io.lakemesh.iceberg.mesh.Shop.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.iceberg.OwnTables;
import io.lakemesh.policy.Subject;
import io.lakemesh.run.Mode;
import io.lakemesh.testkit.canary.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No record is lost or doubled between the journal and the table, wherever a process ends. */
class AuditJournalTest {
    @TempDir
    Path folder;

    private Path home;
    private Path saved;

    @BeforeEach
    void nameFolders() {
        home = folder.resolve("home");
        saved = folder.resolve("saved");
    }

    private MeshConfig plain() {
        return Shop.config(home, Map.of("location", home.resolve("warehouse").toString()));
    }

    static void append(Mesh mesh, String... users) {
        for (String user : users) {
            mesh.audit().append(AuditRecord.granted(Action.READ).subject(Subject.of(user)));
        }
    }

    private void settle() {
        try (Mesh mesh = Mesh.open(plain())) {
            mesh.audit().settle();
        }
    }

    private void assertRecords(String when, String... users) {
        assertThat(OwnTables.rows(plain(), "audit", "user_name")).as(when).containsExactly(users);
        try (Mesh mesh = Mesh.open(plain())) {
            assertThat(mesh.audit().verify(null).problem()).as(when).isNull();
        }
    }

    private List<Path> journals() {
        return Shop.filesBelow(home.resolve(".mesh/audit"));
    }

    @Test
    void whereverTheFirstIsBrokenOffEachRecordIsThereOnce() throws IOException {
        Files.createDirectories(home);
        atEachPoint(12, "a", "b");
    }

    @Test
    void whereverALaterIsBrokenOffEachRecordIsThereOnce() throws IOException {
        try (Mesh mesh = Mesh.open(plain())) {
            append(mesh, "0");
        }
        atEachPoint(12, "0", "a", "b");
    }

    private void atEachPoint(int atLeast, String... expected) throws IOException {
        MaintenanceTest.copy(home, saved);
        int point = 0;
        while (breaksOff(point)) {
            settle();
            assertRecords("killed at " + point, expected);
            assertThat(journals()).as("killed at " + point).isEmpty();
            MaintenanceTest.copy(saved, home);
            point++;
        }
        assertThat(point).isGreaterThan(atLeast);
        assertRecords("not killed", expected);
    }

    /** Whether the process ended before the audit was closed. */
    private boolean breaksOff(int point) {
        Effects effects = new Effects();
        try (Mesh dying = Mesh.open(Shop.config(home, effects.warehouse(home.resolve("warehouse"))))) {
            append(dying, "a", "b");
            effects.killAfter(point);
        } catch (Effects.Killed e) {
            return true;
        }
        return false;
    }

    @Test
    void aProcessThatIsKilledLosesNothingAndOneThatLivesIsLeftAlone() throws Exception {
        Files.createDirectories(home);
        Process process = AuditingProcess.start(home, "a", "b", "c");
        try {
            AuditingProcess.awaitWritten(process);
            settle();
            assertRecords("alive");
            assertThat(journals()).hasSize(1);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(KilledProcess.KILLED);
        settle();
        assertRecords("killed", "a", "b", "c");
        assertThat(journals()).isEmpty();
    }

    @Test
    void whereTheTableIsOutOfReachTheRecordsWaitForWhoeverComesNext() {
        MeshConfig nowhere =
                Shop.config(home, Map.of("uri", "jdbc:postgresql://127.0.0.1:1/none"), plain().warehouse());
        try (Mesh mesh = Mesh.open(nowhere)) {
            append(mesh, "a", "b");
        }
        assertThat(journals()).hasSize(1);
        try (Mesh mesh = Mesh.open(plain())) {
            append(mesh, "c");
        }
        assertRecords("reached", "a", "b", "c");
        assertThat(journals()).isEmpty();
    }

    @Test
    void aFullDiskKeepsNobodyFromReadingAndLosesNothing() {
        Effects effects = new Effects();
        try (Shop shop = new Shop(home, Shop.config(home, effects.warehouse(home.resolve("warehouse"))))) {
            Product product = shop.product("1.0.0", Shop.SALES + GovernedReadTest.ROLES);
            publish(product, Mode.APPEND, sales("1,Bath,11"));
            effects.leaveRoom(0);
            assertThat(rows(product.as(GovernedReadTest.MANAGER))).hasSize(1);
        }
        assertThat(journals()).hasSize(1);
        settle();
        assertRecords("room again", "mia", "null");
    }

    @Test
    void whatIsNotWrittenDownIsNotDone() throws IOException {
        try (Shop shop = new Shop(home, plain())) {
            publish(shop.product("1.0.0", Shop.SALES + GovernedReadTest.ROLES), Mode.APPEND, sales("1,Bath,11"));
        }
        Files.delete(home.resolve(".mesh/audit"));
        Files.writeString(home.resolve(".mesh/audit"), "a file in the folder's place");
        try (Shop shop = new Shop(home, plain())) {
            Product product = shop.product("1.0.0", Shop.SALES + GovernedReadTest.ROLES);
            assertRefused(() -> rows(product.as(GovernedReadTest.MANAGER)));
            assertRefused(() -> product.as(GovernedReadTest.MANAGER).history());
            assertRefused(() -> rows(product.as(Subject.of("eve"))));
            assertRefused(() -> publish(product, Mode.APPEND, sales("2,York,19")));
            assertRefused(() -> product.rollback(new io.lakemesh.history.ReleaseRef.Numbered(1)));
            assertRefused(() -> product.erase().key("id", "1").run());
            assertThat(rows(product)).containsExactly("1,Bath,11");
            assertThat(product.history().runs()).hasSize(1);
        }
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOf(UnavailableException.class)
                .hasMessageStartingWith("Cannot write the audit's journal in ")
                .hasMessageContaining("nothing is done without a record");
    }

    @Test
    void anInterruptedReadIsRefusedAndLosesNoEarlierRecord() {
        try (Mesh mesh = Mesh.open(plain())) {
            append(mesh, "a");
            Thread.currentThread().interrupt();
            assertRefused(() -> append(mesh, "b"));
            assertThat(Thread.interrupted()).isTrue();
            append(mesh, "c");
        }
        assertRecords("interrupted", "a", "c");
        assertThat(journals()).isEmpty();
    }

    @Test
    void whatWasCutOffCountsNotAndWhatIsDamagedStaysForSomebodyToLookAt() throws IOException {
        MeshConfig nowhere =
                Shop.config(home, Map.of("uri", "jdbc:postgresql://127.0.0.1:1/none"), plain().warehouse());
        try (Mesh mesh = Mesh.open(nowhere)) {
            append(mesh, "a");
        }
        Path torn = journals().get(0);
        Path damaged = Files.writeString(
                torn.resolveSibling("damaged.jsonl"),
                Files.readString(torn).replace("\"id\"", "\"no-id\"") + Files.readString(torn));
        Files.writeString(torn, Files.readString(torn).substring(0, 40), StandardOpenOption.APPEND);

        settle();

        assertRecords("torn", "a");
        assertThat(journals()).containsExactly(damaged);
        assertThat(damaged).content().hasLineCount(2);
    }

    @Test
    void theThousandthRecordBringsThemIntoTheTable() {
        try (Mesh mesh = Mesh.open(plain())) {
            append(mesh, IntStream.range(0, 1_001).mapToObj(i -> "u" + i).toArray(String[]::new));
            assertThat(OwnTables.rows(plain(), "audit", "user_name")).hasSize(1_000);
            assertThat(journals()).hasSize(1);
        }
        assertThat(OwnTables.rows(plain(), "audit", "user_name")).hasSize(1_001);
    }

    @Test
    void nobodyElseCanReadTheJournal() throws IOException {
        try (Mesh mesh = Mesh.open(plain())) {
            append(mesh, "a");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(".mesh/audit"))))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(journals().get(0))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void noRecordHoldsAValueOfARow() throws IOException {
        Traces canary = new Traces(List.of("Zyx-Canary"), List.of(7_654_321_012_345L));
        try (Shop shop = new Shop(home, plain())) {
            Product product = shop.product(
                    "1.0.0",
                    "    customProperties: [{ property: lakemesh.max-quarantined, value: 0.5 }]\n" + Shop.SALES
                            + GovernedReadTest.ROLES);
            publish(product, Mode.APPEND, sales("7654321012345,Zyx-Canary,1", "2,Bath,-1"));
            publish(product, Mode.APPEND, sales("x,Zyx-Canary,7654321012345"));
            assertThat(rows(product.as(GovernedReadTest.MANAGER)
                            .read()
                            .where("town = 'Zyx-Canary' AND id = 7654321012345")))
                    .hasSize(1);
            assertThat(canary.below(home.resolve("warehouse/retail"))).isNotEmpty();
            product.erase().key("town", "Zyx-Canary").run();
            assertThat(canary.below(home.resolve(".mesh"))).isEmpty();
        }
        assertThat(OwnTables.rows(plain(), "audit", "action", "column_names"))
                .contains("erase [\"town\"]", "read [\"id\",\"town\",\"amount\"]");
        assertThat(canary.below(home.resolve("warehouse/lakemesh/audit"))).isEmpty();
    }
}
