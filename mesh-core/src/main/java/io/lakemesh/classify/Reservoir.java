package io.lakemesh.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An even sample of a stream of unknown length, in memory that the stream's length does not change (Li, "Reservoir-sampling
 * algorithms of time complexity O(n(1 + log(N/n)))", TOMS 20, 1994, algorithm L). The same seed and stream give the same sample.
 */
final class Reservoir {
    private static final double FARTHEST = 1e15;

    private final int size;
    private final SplittableRandom random;
    private final List<String> kept = new ArrayList<>();
    private double weight = 1;
    private long seen;
    private long next = 1;

    Reservoir(int size, long seed) {
        this.size = size;
        this.random = new SplittableRandom(seed);
    }

    /** Counts an element; whether it is to be given to {@link #keep}. */
    boolean takesNext() {
        return ++seen == next;
    }

    void keep(String element) {
        if (kept.size() < size) {
            kept.add(element);
        } else {
            kept.set(random.nextInt(size), element);
        }
        next += kept.size() < size ? 1 : skip();
    }

    private long skip() {
        weight *= Math.exp(Math.log(uniform()) / size);
        return 1 + (long) Math.min(Math.log(uniform()) / Math.log1p(-weight), FARTHEST);
    }

    /** Above 0, up to 1. */
    private double uniform() {
        return 1 - random.nextDouble();
    }

    List<String> kept() {
        return kept;
    }
}
