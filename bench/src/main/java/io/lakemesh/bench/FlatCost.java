package io.lakemesh.bench;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.bench.Counters.Kind;
import io.lakemesh.run.PublishResult.Outcome;
import io.lakemesh.run.Upkeep;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What one publish of a small batch costs as a product's history grows, on a SQLite catalog and local files, in calls and bytes. */
final class FlatCost {
    /** The default retention. */
    private static final int RELEASES_KEPT = 100;

    private static final int ROWS = 10;
    private static final Path PRODUCT = Path.of("bench", "events");

    /** The bounds of what is found: an old file or snapshot is one that is there. */
    private static final Duration AT_ONCE = Duration.ofMinutes(-1);

    private FlatCost() {}

    /**
     * The mean cost of the publishes that end with a release.
     *
     * @param release the last of them
     * @param metadataBytes bytes written of all but data files
     * @param storageCalls files looked at, read, written, deleted, and folders listed
     * @param statements statements of SQL to the catalog
     */
    record Cost(long release, double metadataBytes, double storageCalls, double statements) {
        private static Cost of(long release, int publishes, Counters spent) {
            return new Cost(
                    release,
                    (double) spent.of(Kind.METADATA_BYTES) / publishes,
                    (double) spent.storageCalls() / publishes,
                    (double) spent.of(Kind.STATEMENT) / publishes);
        }

        /** The largest of the three ratios. */
        double ratio(Cost earlier) {
            return Math.max(
                    metadataBytes / earlier.metadataBytes,
                    Math.max(storageCalls / earlier.storageCalls, statements / earlier.statements));
        }
    }

    /** Measures with an empty folder for the mesh; prints a line for each thousand publishes. */
    public static void main(String[] arguments) throws SQLException {
        int publishes = Integer.parseInt(arguments[1]);
        System.out.println("| release | metadata bytes | storage calls | statements |\n|---|---|---|---|");
        List<Cost> costs = measure(Path.of(arguments[0]), PRODUCT, RELEASES_KEPT, publishes);
        costs.stream()
                .filter(cost -> cost.release() % 1000 == 0 || cost.release() == RELEASES_KEPT)
                .forEach(cost -> System.out.printf(
                        "| %,d | %,.0f | %.1f | %.1f |%n",
                        cost.release(), cost.metadataBytes(), cost.storageCalls(), cost.statements()));
        Cost thousandth = costs.get(Math.min(1000, publishes) / RELEASES_KEPT - 1);
        System.out.printf(
                "%,d against %,d: %.3f%n",
                publishes, thousandth.release(), costs.get(costs.size() - 1).ratio(thousandth));
    }

    /**
     * Maintains a product after every so many publishes.
     *
     * @param kept how many that are, and how many releases stay readable
     * @return the mean costs between one maintenance and the next
     */
    static List<Cost> measure(Path folder, Path product, int kept, int publishes) throws SQLException {
        MeshConfig config = new MeshConfig(
                "bench",
                "bench",
                folder,
                Map.of(
                        "catalog", Map.of("uri", CountedDriver.uri("jdbc:sqlite:" + folder.resolve("catalog.db"))),
                        "warehouse",
                                Map.of(
                                        "location",
                                        folder.resolve("warehouse").toString(),
                                        "file-io",
                                        CountedFiles.class.getName())));
        List<Cost> costs = new ArrayList<>();
        try (Mesh mesh = Mesh.open(config)) {
            Product events = mesh.product(product);
            for (int last = kept; last <= publishes; last += kept) {
                Counters before = Counters.now();
                IntStream.range(last - kept, last).forEach(run -> publish(events, run));
                costs.add(Cost.of(last, kept, Counters.now().since(before)));
                maintain(mesh, events, Math.max(1, last - kept + 1), last);
            }
        }
        return costs;
    }

    private static void publish(Product events, int run) {
        List<Map<String, String>> records = IntStream.range(0, ROWS)
                .mapToObj(row -> Map.of(
                        "id", Integer.toString(run * ROWS + row),
                        "at",
                                LocalDateTime.ofEpochSecond(1_700_000_000L + run, 0, ZoneOffset.UTC)
                                        .toString(),
                        "note", "batch " + run))
                .toList();
        Outcome outcome = events.publish()
                .runId("run-" + run)
                .input(RecordSources.of("records", records))
                .run()
                .outcome();
        if (outcome != Outcome.PUBLISHED) {
            throw new IllegalStateException("run " + run + " is " + outcome);
        }
    }

    /** As {@code mesh maintain} does a day later. */
    private static void maintain(Mesh mesh, Product events, long oldest, long newest) {
        Set<Long> keep = LongStream.rangeClosed(oldest, newest).boxed().collect(Collectors.toSet());
        mesh.lakehouse()
                .maintain(new Upkeep(
                        events.address(),
                        keep,
                        Set.of(),
                        AT_ONCE,
                        false,
                        mesh.config().identity(),
                        Instant.now()));
    }
}
