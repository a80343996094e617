package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.iceberg.Effects;
import io.lakemesh.run.Mode;
import io.lakemesh.testkit.canary.Traces;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Values of protected columns stand in no file, be it a temporary one, wherever a run is broken off or its disk is full. */
@ExtendWith(Quiet.class)
class ProtectedCrashTest {
    private static final String CONTRACT =
            """
                customProperties: [{ property: lakemesh.max-quarantined, value: 0.9 }]
                properties:
                  - { name: id, logicalType: integer, required: true }
                  - { name: person, logicalType: string, customProperties: [{ property: lakemesh.protection, value: pseudonymize }] }
                  - { name: name, logicalType: string, customProperties: [{ property: lakemesh.protection, value: redact }] }
                  - name: town
                    logicalType: string
                    quality:
                      - id: towns
                        metric: nullValues
                        mustBeLessThan: 2
                        customProperties: [{ property: lakemesh.on-failure, value: quarantine }]
            """;

    private static final String OPEN =
            CONTRACT.replaceAll(", customProperties: \\[\\{ property: lakemesh.protection[^]]*]", "");
    private static final Traces TRACES = new Traces(List.of("CrashCanary"), List.of());
    private static final int ROWS = 3_000;

    private final String usual = System.getProperty("java.io.tmpdir");
    private final Set<String> found = new TreeSet<>();
    private Path folder;
    private Path temporary;
    private int homes;
    private int failures;

    @BeforeEach
    void keepTemporaryFilesApart(@TempDir Path each) throws IOException {
        folder = each;
        temporary = Files.createDirectories(each.resolve("temporary"));
        System.setProperty("java.io.tmpdir", temporary.toString());
    }

    @AfterEach
    void restore() {
        System.setProperty("java.io.tmpdir", usual);
    }

    /** Every third row has no town and one in seven no number: set aside late and at once. */
    private static RecordSource people() {
        return RecordSources.of(
                "people",
                IntStream.range(0, ROWS)
                        .mapToObj(i -> Map.of(
                                "id",
                                i % 7 == 0 ? "x" : "" + i,
                                "person",
                                "CrashCanary " + i,
                                "name",
                                "CrashCanary name",
                                i % 3 == 0 ? "other" : "town",
                                "Bath")));
    }

    private interface Disturbance {
        void begin(Effects effects);
    }

    /** Runs a product's first publish, disturbed, and looks at what it left; gives how many effects it had. */
    private long run(String contract, Disturbance disturbance) {
        Path home = folder.resolve("home-" + ++homes);
        Effects effects = new Effects();
        MeshConfig config = new MeshConfig(
                "mesh",
                "tester",
                home,
                Map.of(
                        "catalog",
                        Map.of("uri", "jdbc:sqlite:" + home.resolve("catalog.db")),
                        "warehouse",
                        effects.warehouse(home.resolve("warehouse")),
                        "keys",
                        Map.of("provider", "memory")));
        try (Shop shop = new Shop(home, config)) {
            shop.mesh().keys().create("retail");
            Product product = shop.product("1.0.0", contract);
            disturbance.begin(effects);
            Throwable failure = catchThrowable(() -> Shop.publish(product, Mode.APPEND, people()));
            look(home, failure);
            return effects.count();
        }
    }

    private void look(Path home, @Nullable Throwable failure) {
        if (!TRACES.below(home).isEmpty()) {
            found.add("warehouse");
        }
        StringWriter trace = new StringWriter();
        if (failure != null) {
            failures++;
            failure.printStackTrace(new PrintWriter(trace));
        }
        if (trace.toString().contains("CrashCanary")) {
            found.add("exception");
        }
    }

    /** Looks at temporary files while they are there: the way out of a process that is not killed removes them. */
    private void breakOffAt(Effects effects, long point) {
        effects.dieBy(() -> {
            if (!TRACES.below(temporary).isEmpty()) {
                found.add("temporary files");
            }
            throw new Effects.Killed();
        });
        effects.killAfter(point);
    }

    private void breakOffEverywhere(String contract) {
        long points = run(contract, effects -> {});
        assertThat(points).isGreaterThan(25);
        for (long point = 0; point < points; point += 2) {
            long at = point;
            run(contract, effects -> breakOffAt(effects, at));
        }
    }

    @Test
    void aRunThatIsBrokenOffLeavesNoTrace() {
        breakOffEverywhere(CONTRACT);
        assertThat(found).isEmpty();
    }

    @Test
    void aRunOnAFullDiskLeavesNoTraceAndTellsNone() {
        for (long room = 0; room < 60_000; room += 3_000) {
            long left = room;
            run(CONTRACT, effects -> effects.leaveRoom(left));
        }
        assertThat(failures).isGreaterThan(10);
        assertThat(found).isEmpty();
    }

    @Test
    void withoutProtectionThereAreTraces() {
        breakOffEverywhere(OPEN);
        assertThat(found).containsExactly("temporary files", "warehouse");
    }
}
