package io.lakemesh.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.spill.ByteWriter;
import io.lakemesh.spill.Spill;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class DistinctKeysTest {
    @TempDir
    Path folder;

    private final Random random = seeded();

    private static Random seeded() {
        long seed = System.nanoTime();
        System.out.println("DistinctKeysTest seed " + seed);
        return new Random(seed);
    }

    private Set<Long> repeats(List<String> keys, long budget, DistinctKeys.Hash hash) {
        Set<Long> found = new HashSet<>();
        try (Spill spill = new Spill(folder.resolve("spill"))) {
            DistinctKeys distinct =
                    new DistinctKeys(budget, spill, (firstTag, tag, ordinal) -> found.add(ordinal), hash);
            for (int i = 0; i < keys.size(); i++) {
                byte[] key = keys.get(i).getBytes(StandardCharsets.UTF_8);
                distinct.add(key, 0, key.length, 0, i);
            }
            distinct.finish();
        }
        return found;
    }

    private static Set<Long> naive(List<String> keys) {
        Set<String> seen = new HashSet<>();
        Set<Long> repeats = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!seen.add(keys.get(i))) {
                repeats.add((long) i);
            }
        }
        return repeats;
    }

    private List<String> randomKeys(int count, int distinct) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(distinct);
            keys.add("key".repeat(number % 7) + number);
        }
        return keys;
    }

    @Test
    void findsTheLaterCopiesOfEachKeyInTinyMemory() {
        for (int round = 0; round < 20; round++) {
            List<String> keys = randomKeys(20_000, 1 + random.nextInt(30_000));
            assertThat(repeats(keys, 4096, Utf8::hash)).isEqualTo(naive(keys));
        }
    }

    @Test
    void isExactIfAllHashesCollide() {
        List<String> keys = randomKeys(2000, 1000);
        assertThat(repeats(keys, 8192, (bytes, from, length, seed) -> 42)).isEqualTo(naive(keys));
    }

    @Test
    void isExactIfNotOneKeyFits() {
        List<String> keys = randomKeys(300, 100);
        assertThat(repeats(keys, 1, Utf8::hash)).isEqualTo(naive(keys));
    }

    @Test
    void countsTwoMillionKeysInOneMegabyte() {
        long[] found = {0};
        try (Spill spill = new Spill(folder.resolve("spill"))) {
            DistinctKeys distinct = new DistinctKeys(1 << 20, spill, (firstTag, tag, ordinal) -> found[0]++);
            ByteWriter key = new ByteWriter();
            for (int i = 0; i < 2_000_000; i++) {
                key.clear();
                key.putFixed(i % 1_999_000 * 31L);
                distinct.add(key.bytes(), 0, key.length(), 0, i);
            }
            distinct.finish();
        }
        assertThat(found[0]).isEqualTo(1000);
    }

    @Test
    void removesItsFiles() {
        List<String> keys = randomKeys(100_000, 100_000);

        repeats(keys, 4096, Utf8::hash);

        assertThat(Files.exists(folder.resolve("spill"))).isFalse();
    }
}
