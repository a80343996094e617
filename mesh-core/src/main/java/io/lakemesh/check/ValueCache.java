package io.lakemesh.check;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the distinct texts of a column came to, so that a text seen before is neither converted, checked nor decoded again. Bounded;
 * gives itself up on columns whose values rarely repeat.
 */
final class ValueCache {
    private static final int MAX_ENTRIES = 4096;
    private static final int MAX_LENGTH = 128;
    private static final int SLOTS = 4 * MAX_ENTRIES;
    private static final int TRIAL = 4 * MAX_ENTRIES;

    private final int[] slots = new int[SLOTS];
    private final int[] offsets = new int[MAX_ENTRIES + 1];
    private final long[] hashes = new long[MAX_ENTRIES];
    private final Cell[] cells = new Cell[MAX_ENTRIES];
    private byte[] texts = new byte[1024];
    private int entries;
    private long lookups;
    private long misses;
    private long hash;

    /** Whether looking up is worth its cost so far. */
    boolean isUseful() {
        return misses <= TRIAL || misses * 2 < lookups;
    }

    @Nullable
    Cell find(byte[] bytes, int start, int end) {
        lookups++;
        hash = Utf8.hash(bytes, start, end - start, 0);
        for (int slot = slot(hash); slots[slot] != 0; slot = (slot + 1) & (SLOTS - 1)) {
            int entry = slots[slot] - 1;
            if (hashes[entry] == hash && matches(entry, bytes, start, end)) {
                return cells[entry];
            }
        }
        misses++;
        return null;
    }

    private static int slot(long hash) {
        return (int) (hash >>> 32) & (SLOTS - 1);
    }

    private boolean matches(int entry, byte[] bytes, int start, int end) {
        return Arrays.equals(texts, offsets[entry], offsets[entry + 1], bytes, start, end);
    }

    /** Whether there is room for the text that was just not found. */
    boolean hasRoom(int length) {
        return entries < MAX_ENTRIES && length <= MAX_LENGTH;
    }

    /** Keeps the cell of the text that was just not found. */
    void put(byte[] bytes, int start, int end, Cell cell) {
        int offset = offsets[entries];
        int length = end - start;
        if (offset + length > texts.length) {
            texts = Arrays.copyOf(texts, 2 * texts.length + length);
        }
        System.arraycopy(bytes, start, texts, offset, length);
        offsets[entries + 1] = offset + length;
        hashes[entries] = hash;
        cells[entries] = cell;
        int slot = slot(hash);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        slots[slot] = ++entries;
    }
}
