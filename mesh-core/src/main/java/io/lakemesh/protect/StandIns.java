package io.lakemesh.protect;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Stand-ins of one column, remembered for the texts that come first, unless texts rarely repeat. Not thread-safe. */
final class StandIns implements UnaryOperator<String> {
    private static final int MAX_KNOWN = 4096;
    private static final int TRIAL = 4 * MAX_KNOWN;

    private final UnaryOperator<String> maker;
    private final Map<String, String> known = new HashMap<>();
    private long lookups;
    private long misses;

    StandIns(UnaryOperator<String> maker) {
        this.maker = maker;
    }

    @Override
    public String apply(String text) {
        return isUseful() ? remembered(text) : maker.apply(text);
    }

    private boolean isUseful() {
        return misses <= TRIAL || misses * 2 < lookups;
    }

    private String remembered(String text) {
        lookups++;
        String standIn = known.get(text);
        if (standIn == null) {
            misses++;
            standIn = maker.apply(text);
            if (known.size() < MAX_KNOWN) {
                known.put(text, standIn);
            }
        }
        return standIn;
    }
}
