package io.lakemesh.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Texts drawn by weight, ready as CSV fields in UTF-8. */
final class Weighted {
    private static final int SLOTS = 1 << 12;

    private final byte[][] slots = new byte[SLOTS][];

    private Weighted(List<byte[]> texts, List<Integer> weights) {
        int total = weights.stream().mapToInt(Integer::intValue).sum();
        int filled = 0;
        int seen = 0;
        for (int i = 0; i < texts.size(); i++) {
            seen += weights.get(i);
            int end = (int) ((long) seen * SLOTS / total);
            Arrays.fill(slots, filled, end, texts.get(i));
            filled = end;
        }
    }

    /** Alternating texts and weights. */
    static Weighted of(Object... textsAndWeights) {
        List<byte[]> texts = new ArrayList<>();
        List<Integer> weights = new ArrayList<>();
        for (int i = 0; i < textsAndWeights.length; i += 2) {
            texts.add(textsAndWeights[i].toString().getBytes(StandardCharsets.UTF_8));
            weights.add((Integer) textsAndWeights[i + 1]);
        }
        return new Weighted(texts, weights);
    }

    byte[] draw(RandomGenerator random) {
        return slots[random.nextInt(SLOTS)];
    }
}
