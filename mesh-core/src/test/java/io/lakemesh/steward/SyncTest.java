package io.lakemesh.steward;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.provenance.ObjectStore;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.schema.Row;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SyncTest {
    private static final ProductAddress SHOP = new ProductAddress("retail", "shop");
    private static final ProductAddress STOPS = new ProductAddress("policing", "stops");

    private final MemoryMesh mesh = new MemoryMesh();

    private SyncResult sync() {
        return sync(mesh);
    }

    private static SyncResult sync(MemoryMesh mesh) {
        return new Sync(mesh.lakehouse(), Clock.systemUTC(), 3).run();
    }

    private void record(RunRecord run) {
        new Releases(run.address(), mesh.blobs).record(run);
    }

    private static List<String> texts(MemoryMesh mesh, String table, String... columns) {
        MemoryMesh.Content content = mesh.tables.get("lakemesh." + table);
        List<String> texts = new ArrayList<>();
        for (Row row : content == null ? List.<Row>of() : content.rows()) {
            List<String> values = new ArrayList<>();
            for (String column : columns) {
                values.add(String.valueOf(row.get(column)));
            }
            texts.add(String.join(" ", values));
        }
        return texts;
    }

    @Test
    void aRunThatWasRefusedTwiceAndThenPublishedHasThreeRows() {
        record(mesh.refused(SHOP, "january"));
        record(mesh.refused(SHOP, "january"));
        record(mesh.publish(SHOP, "january"));

        assertThat(sync().rows())
                .isEqualTo(Map.of("lakemesh.releases", 2L, "lakemesh.checks", 6L, "lakemesh.runs", 3L));

        assertThat(texts(mesh, "runs", "run_id", "outcome"))
                .containsExactlyInAnyOrder("january refused", "january refused", "january published");
        assertThat(mesh.blobs.list("refused/")).isEmpty();
        assertThat(sync().rows().values()).containsOnly(0L);
    }

    @Test
    void whatIsRecordedAgainAfterASyncHasNoSecondRow() {
        RunRecord late = mesh.publish(SHOP, "january");
        sync();
        record(late);
        record(late.resolving("december"));

        assertThat(sync().rows().values()).containsOnly(0L);
        assertThat(texts(mesh, "runs", "run_id", "release")).containsExactly("january 1");
    }

    @Test
    void aTableThatWasDroppedIsMadeAgainFromManifestsAndLogs() {
        for (int i = 1; i <= 7; i++) {
            record(mesh.publish(SHOP, "run-" + i));
            record(mesh.refused(STOPS, "refused-" + i));
        }
        sync();
        List<String> runs = texts(mesh, "runs", "run_id", "outcome");
        List<String> checks = texts(mesh, "checks", "run_id", "check_id", "value");
        mesh.tables.remove("lakemesh.runs");
        mesh.tables.remove("lakemesh.checks");
        record(mesh.refused(STOPS, "refused-8"));
        sync();

        runs.add("refused-8 refused");
        checks.add("refused-8 enough 10.0");
        checks.add("refused-8 amount.minimum 2.0");
        assertThat(texts(mesh, "runs", "run_id", "outcome")).containsExactlyInAnyOrderElementsOf(runs);
        assertThat(texts(mesh, "checks", "run_id", "check_id", "value")).containsExactlyInAnyOrderElementsOf(checks);
    }

    @Test
    void readsNothingOfReleasesThatAreThere() {
        for (int i = 1; i <= 20; i++) {
            record(mesh.publish(SHOP, "run-" + i));
        }
        sync();
        long before = mesh.blobs.reads;
        sync();
        assertThat(mesh.blobs.reads - before).isZero();
        record(mesh.publish(SHOP, "run-21"));
        sync();
        assertThat(mesh.blobs.reads - before).as("manifest, record, report").isEqualTo(3);
    }

    @Test
    void damageOfOneProductKeepsNoOtherFromTheTables() {
        record(mesh.publish(SHOP, "good-1"));
        RunRecord damaged = mesh.publish(STOPS, "damaged-1");
        record(mesh.publish(STOPS, "damaged-2"));
        String path = ObjectStore.path(String.valueOf(damaged.report()));
        byte[] report = mesh.blobs.get(path).orElseThrow();
        mesh.blobs.delete(path);

        SyncResult result = sync();

        assertThat(result.left()).hasSize(1);
        assertThat(result.left().get(0))
                .startsWith("policing/stops: Cannot find memory:/" + path + ", which a release rests on");
        assertThat(texts(mesh, "runs", "run_id")).containsExactly("good-1");
        mesh.blobs.put(path, report);
        assertThat(sync().left()).isEmpty();
        assertThat(texts(mesh, "runs", "run_id")).containsExactly("good-1", "damaged-1", "damaged-2");
    }

    @Test
    void whateverIsBrokenOffOrDoneAtOnceEachRunHasItsRowsOnce() {
        for (int seed = 0; seed < 40; seed++) {
            new RandomSteps(seed).run();
        }
    }

    /** Publishes, refuses, syncs and drops, broken off anywhere; after each sync that ends, the tables are what was done. */
    private static final class RandomSteps {
        private final long seed;
        private final Random random;
        private final MemoryMesh mesh = new MemoryMesh();
        private final List<RunRecord> done = new ArrayList<>();
        private final List<RunRecord> unrecorded = new ArrayList<>();
        private int runs;

        RandomSteps(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void run() {
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1 -> publish();
                    case 2, 3 -> refuse();
                    case 4 -> recordLate();
                    case 5 -> syncBrokenOff();
                    case 6 -> syncBesideOthers();
                    default -> drop();
                }
            }
            mesh.meanwhile = () -> {};
            sync(mesh);
            check();
        }

        private ProductAddress product() {
            return random.nextBoolean() ? SHOP : STOPS;
        }

        private void publish() {
            RunRecord run = mesh.publish(product(), "run-" + ++runs);
            done.add(run);
            unrecorded.add(run);
        }

        private void recordLate() {
            if (!unrecorded.isEmpty()) {
                RunRecord run = unrecorded.remove(random.nextInt(unrecorded.size()));
                new Releases(run.address(), mesh.blobs).record(run);
            }
        }

        private void refuse() {
            RunRecord run = mesh.refused(product(), "run-" + ++runs);
            done.add(run);
            new Releases(run.address(), mesh.lakehouse().blobs()).record(run);
        }

        private void syncBrokenOff() {
            mesh.effectsLeft = random.nextInt(12);
            try {
                sync(mesh);
                check();
            } catch (MemoryMesh.Killed e) {
                // so be it
            } finally {
                mesh.effectsLeft = Long.MAX_VALUE;
            }
        }

        private void syncBesideOthers() {
            int at = random.nextInt(4);
            int[] additions = {0};
            mesh.meanwhile = () -> {
                if (additions[0]++ == at) {
                    mesh.meanwhile = () -> {};
                    refuse();
                    publish();
                    if (random.nextBoolean()) {
                        sync(mesh);
                    }
                }
            };
            sync(mesh);
            mesh.meanwhile = () -> {};
            sync(mesh);
            check();
        }

        private void drop() {
            if (random.nextInt(3) == 0) {
                mesh.tables.remove(
                        "lakemesh." + List.of("releases", "checks", "runs").get(random.nextInt(3)));
            }
        }

        private void check() {
            List<String> runs = new ArrayList<>();
            List<String> checks = new ArrayList<>();
            List<String> releases = new ArrayList<>();
            for (RunRecord run : done) {
                String text = run.runId() + " " + run.address().name();
                runs.add(text + " " + run.outcome());
                checks.add(text + " enough");
                checks.add(text + " amount.minimum");
                if (run.release() != null) {
                    releases.add(text + " " + run.release() + " a");
                    releases.add(text + " " + run.release() + " b");
                }
            }
            assertThat(texts(mesh, "runs", "run_id", "product", "outcome"))
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(runs);
            assertThat(texts(mesh, "checks", "run_id", "product", "check_id"))
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(checks);
            assertThat(texts(mesh, "releases", "run_id", "product", "release", "object"))
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(releases);
            assertThat(mesh.blobs.list("refused/")).as("seed " + seed).isEmpty();
        }
    }
}
