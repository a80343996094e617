package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.Publish;
import io.lakemesh.history.History;
import io.lakemesh.history.Release;
import io.lakemesh.run.Mode;
import io.lakemesh.run.PublishResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A run that is to be broken off, and what the product was before it.
 *
 * @param objects the product's objects, each with an output port
 * @param before rows of the release before; none if there is no such release
 * @param rows what the run brings to each object
 */
record Crash(List<String> objects, boolean partitioned, List<String> before, Mode mode, List<String> rows) {
    static final String RUN = "the-run";

    private static final List<String> ONE = List.of("sales");
    private static final List<String> TWO = List.of("sales", "stock");
    private static final List<String> BEFORE = List.of("1,Bath,10", "2,York,20");
    private static final List<String> ROWS = List.of("3,Ely,21", "4,Hull,30", "x,Bad,1");

    static final Crash FIRST_RELEASE = new Crash(ONE, false, List.of(), Mode.APPEND, ROWS);
    static final Crash APPEND = new Crash(ONE, false, BEFORE, Mode.APPEND, ROWS);
    static final Crash FIRST_RELEASE_OF_TWO = new Crash(TWO, false, List.of(), Mode.APPEND, ROWS);
    static final Crash UPSERT_OF_TWO = new Crash(TWO, false, BEFORE, Mode.UPSERT, List.of("2,Ely,21", "3,Hull,30"));
    static final Crash REFUSED = new Crash(ONE, false, BEFORE, Mode.APPEND, List.of("3,Ely,1", "x,Bad,1", "y,Bad,2"));

    /** Any run. */
    static Crash random(long seed) {
        Random random = new Random(seed);
        List<String> objects =
                List.of(ONE, TWO, List.of("sales", "stock", "returns")).get(random.nextInt(3));
        return new Crash(
                objects,
                random.nextBoolean(),
                random.nextInt(4) == 0 ? List.of() : rows(random, 0),
                List.of(Mode.values()).get(random.nextInt(4)),
                rows(random, 4));
    }

    /** One in five is bad; some have the keys of those before. */
    private static List<String> rows(Random random, int from) {
        List<String> rows = new ArrayList<>();
        for (int id = from; id < from + 1 + random.nextInt(8); id++) {
            String key = random.nextInt(5) == 0 ? "x" + id : "" + id;
            rows.add(key + "," + List.of("Bath", "York", "Ely").get(random.nextInt(3)) + "," + random.nextInt(50));
        }
        rows.add((from + 20) + ",Hull,1");
        return rows;
    }

    /** What is seen of the product: nothing at all, as release 0, before the first release. */
    record State(long release, Map<String, List<String>> rows) {}

    Product product(Shop shop) {
        String partition = partitioned ? ", { property: lakemesh.partition, value: [town] }" : "";
        String contract = "    customProperties: [{ property: lakemesh.max-quarantined, value: 0.5 }" + partition
                + "]\n" + Shop.SALES;
        Map<String, String> contracts = new HashMap<>();
        objects.forEach(object -> contracts.put(object, contract));
        return shop.product("1.0.0", contracts);
    }

    void prepare(Product product) {
        if (!before.isEmpty()) {
            publish(product, "before", Mode.APPEND, before);
        }
    }

    PublishResult run(Product product) {
        return publish(product, RUN, mode, rows);
    }

    /** A run after it. */
    PublishResult next(Product product) {
        return publish(product, "next", Mode.APPEND, List.of("900,Rye,9"));
    }

    private PublishResult publish(Product product, String run, Mode how, List<String> what) {
        Publish publish = product.publish().runId(run).mode(how);
        objects.forEach(object -> publish.input(object, Shop.sales(what.toArray(String[]::new))));
        return publish.run();
    }

    /** The product as readers see it, whose releases must be numbered without a gap. */
    State state(Product product) {
        List<Release> releases = product.findHistory().map(History::all).orElse(List.of());
        Map<String, List<String>> rows = new TreeMap<>();
        if (!releases.isEmpty()) {
            objects.forEach(object -> rows.put(object, Shop.rows(product.read().object(object))));
        }
        long newest = releases.size();
        assertThat(releases)
                .extracting(Release::number)
                .containsExactlyElementsOf(LongStream.iterate(newest, number -> number - 1)
                        .limit(newest)
                        .boxed()
                        .toList());
        return new State(newest, rows);
    }

    /** The rows that the run set aside. */
    static List<String> quarantined(Product product) {
        List<String> rows = new ArrayList<>();
        var quarantine = product.quarantine();
        quarantine.runs().stream()
                .filter(run -> run.runId().equals(RUN))
                .forEach(run -> quarantine.rows(run, row -> rows.add(new TreeMap<>(row.record()).toString())));
        return rows.stream().sorted().toList();
    }
}
