package io.lakemesh.iceberg.columnar;

import java.util.Arrays;

/** The distinct numbers of a column chunk by code, up to a limit. */
final class LongDictionary {
    static final int MOST = 1 << 14;
    private static final int SLOTS = 2 * MOST;
    private static final int MOST_PROBES = 64;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final int[] slots = new int[SLOTS];
    private final long[] values = new long[MOST];
    private int size;

    /** The code of a value, which is added if it is new; -1 if there is no room for it. */
    int code(long value) {
        int slot = (int) ((value * SPREAD) >>> 32) & (SLOTS - 1);
        for (int probe = 0; probe < MOST_PROBES; probe++) {
            int code = slots[slot] - 1;
            if (code < 0) {
                return add(value, slot);
            }
            if (values[code] == value) {
                return code;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return -1;
    }

    private int add(long value, int slot) {
        if (size == MOST) {
            return -1;
        }
        values[size] = value;
        slots[slot] = size + 1;
        return size++;
    }

    long value(int code) {
        return values[code];
    }

    int size() {
        return size;
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }
}
