package io.lakemesh.iceberg.columnar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** The distinct texts of a column chunk by code, up to a limit of number and size. */
final class TextDictionary {
    static final int MOST = 1 << 14;
    private static final int MOST_BYTES = 1 << 20;
    private static final int SLOTS = 2 * MOST;
    private static final int MOST_PROBES = 64;

    private final int[] slots = new int[SLOTS];
    private final @Nullable String[] texts = new @Nullable String[MOST];
    private final Binary[] encoded = new Binary[MOST];
    private int size;
    private int bytes;

    /** The code of a text, which is added if it is new; -1 if there is no room for it. */
    int code(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        for (int probe = 0; probe < MOST_PROBES; probe++) {
            int code = slots[slot] - 1;
            if (code < 0) {
                return add(text, slot);
            }
            if (text.equals(texts[code])) {
                return code;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return -1;
    }

    private int add(String text, int slot) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (size == MOST || bytes > MOST_BYTES - utf8.length) {
            return -1;
        }
        bytes += utf8.length;
        texts[size] = text;
        encoded[size] = Binary.fromConstantByteArray(utf8);
        slots[slot] = size + 1;
        return size++;
    }

    Binary encoded(int code) {
        return encoded[code];
    }

    int size() {
        return size;
    }

    void clear() {
        Arrays.fill(slots, 0);
        Arrays.fill(texts, 0, size, null);
        size = 0;
        bytes = 0;
    }
}
