package io.lakemesh.bench;

import io.lakemesh.Mesh;
import io.lakemesh.batch.Batch;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.protect.ProtectedColumns;
import io.lakemesh.protect.Protectors;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is stored of five million values, a tenth of them distinct, beside HMAC-SHA256 of this Java over the same values, for each
 * kind of protection by a key; one thread.
 */
final class StandInSpeed {
    private static final int VALUES = 5_000_000;
    private static final int DISTINCT = VALUES / 10;
    private static final int ROUNDS = 7;
    private static final int WARM_UP = 2;
    private static final long SEED = 5;
    private static final int[] ALL = IntStream.range(0, Batch.CAPACITY).toArray();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ProductContract contract;
    private final TableContract people;
    private final Mesh mesh;
    private final Mac mac = Mac.getInstance("HmacSHA256");
    private double raw;
    private double ours;
    private int told;

    private StandInSpeed(Mesh mesh) throws GeneralSecurityException {
        this.mesh = mesh;
        this.contract = mesh.product(Path.of("bench", "people")).contract();
        this.people = contract.tables().get(0);
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    }

    /** Measures with an empty folder for the mesh. */
    public static void main(String[] arguments) throws GeneralSecurityException {
        try (Mesh mesh = Mesh.open(ProtectedJob.withKeys(Path.of(arguments[0])))) {
            mesh.keys().create("bench");
            StandInSpeed speed = new StandInSpeed(mesh);
            for (int column = 0; column < speed.people.columns().size(); column++) {
                speed.measure(column);
            }
        }
    }

    private void measure(int column) {
        String kind = String.valueOf(people.columns().get(column).protection());
        double[] ratios = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double ratio = round(column);
            if (round >= 0) {
                ratios[round] = ratio;
                System.out.printf(
                        "%s, round %d: %.2f M values per CPU s raw, %.2f protected%n",
                        kind, round + 1, VALUES / raw / 1e6, VALUES / ours / 1e6);
            }
        }
        Arrays.sort(ratios);
        System.out.printf("%s: median of %d paired ratios of throughput: %.2f%n", kind, ROUNDS, ratios[ROUNDS / 2]);
    }

    /** The ratio of throughputs; both take each batch in turn. */
    private double round(int column) {
        Random random = new Random(SEED);
        ProtectedColumns columns = ProtectedColumns.of(people, Protectors.of(contract, mesh.keys()));
        Batch batch = empty();
        raw = 0;
        ours = 0;
        for (int from = 0; from < VALUES; from += Batch.CAPACITY) {
            String[] texts = texts(random, Math.min(Batch.CAPACITY, VALUES - from));
            long start = THREADS.getCurrentThreadCpuTime();
            raw(texts);
            long middle = THREADS.getCurrentThreadCpuTime();
            ours(columns, batch, column, texts);
            raw += (middle - start) / 1e9;
            ours += (THREADS.getCurrentThreadCpuTime() - middle) / 1e9;
        }
        if (told == 0) {
            throw new IllegalStateException("nothing was made");
        }
        return raw / ours;
    }

    private Batch empty() {
        Batch batch = new Batch(people.schema());
        for (int column = 0; column < people.columns().size(); column++) {
            for (int row = 0; row < Batch.CAPACITY; row++) {
                batch.column(column).setNull(row);
            }
        }
        return batch;
    }

    /** As from a file: equal texts are objects of their own. */
    private static String[] texts(Random random, int count) {
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            texts[i] = "person." + random.nextInt(DISTINCT) + "@example.com";
        }
        return texts;
    }

    private void raw(String[] texts) {
        for (String text : texts) {
            told |= mac.doFinal(text.getBytes(StandardCharsets.UTF_8))[0];
        }
    }

    private void ours(ProtectedColumns columns, Batch batch, int column, String[] texts) {
        for (int row = 0; row < texts.length; row++) {
            batch.column(column).set(row, texts[row]);
        }
        batch.setSize(texts.length);
        columns.protect(batch, ALL, texts.length);
        told |= String.valueOf(batch.column(column).get(texts.length - 1)).hashCode();
    }
}
