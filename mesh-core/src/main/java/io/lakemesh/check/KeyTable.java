package io.lakemesh.check;

import java.util.Arrays;

/** A set of keys in bounded memory. Remembers a small tag with each key. */
final class KeyTable {
    static final int ADDED = -1;
    static final int FULL = -2;

    private final long budget;
    private long[] slots = new long[64];
    private byte[] keys = new byte[1024];
    private int used = 1;
    private int size;
    private boolean full;

    KeyTable(long budget) {
        this.budget = budget;
    }

    /** Adds a key: {@link #ADDED}, {@link #FULL} if it is new and there is no room, or the tag of the equal key that is there. */
    int add(byte[] bytes, int from, int length, int tag, long hash) {
        int slot = slot(hash);
        while (slots[slot] != 0) {
            int at = (int) slots[slot];
            if (slots[slot] >>> 32 == hash >>> 32 && matches(at, bytes, from, length)) {
                return keys[at + Integer.BYTES];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        if (!makeRoom(length)) {
            return FULL;
        }
        insert(bytes, from, length, tag, hash);
        return ADDED;
    }

    private int slot(long hash) {
        return (int) (hash >>> 32) & (slots.length - 1);
    }

    private boolean matches(int at, byte[] bytes, int from, int length) {
        int start = at + Integer.BYTES + 1;
        return length(at) == length && Arrays.equals(keys, start, start + length, bytes, from, from + length);
    }

    private int length(int at) {
        return ((keys[at] & 0xFF) << 24)
                | ((keys[at + 1] & 0xFF) << 16)
                | ((keys[at + 2] & 0xFF) << 8)
                | (keys[at + 3] & 0xFF);
    }

    /** Once full it stays so: an earlier copy of a later key may have been turned away. */
    private boolean makeRoom(int length) {
        long needed = (long) used + Integer.BYTES + 1 + length;
        long capacity = needed <= keys.length ? keys.length : Math.max(2L * keys.length, needed);
        long slotCount = 2 * (size + 1) <= slots.length ? slots.length : 2L * slots.length;
        boolean fits = capacity + slotCount * Long.BYTES <= budget && capacity < Integer.MAX_VALUE - 8;
        full |= !fits && size > 0;
        if (full) {
            return false;
        }
        keys = capacity == keys.length ? keys : Arrays.copyOf(keys, (int) capacity);
        growSlots((int) slotCount);
        return true;
    }

    private void growSlots(int count) {
        if (count == slots.length) {
            return;
        }
        long[] old = slots;
        slots = new long[count];
        for (long entry : old) {
            if (entry != 0) {
                place(entry);
            }
        }
    }

    private void place(long entry) {
        int slot = (int) (entry >>> 32) & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = entry;
    }

    private void insert(byte[] bytes, int from, int length, int tag, long hash) {
        int at = used;
        keys[at] = (byte) (length >>> 24);
        keys[at + 1] = (byte) (length >>> 16);
        keys[at + 2] = (byte) (length >>> 8);
        keys[at + 3] = (byte) length;
        keys[at + Integer.BYTES] = (byte) tag;
        System.arraycopy(bytes, from, keys, at + Integer.BYTES + 1, length);
        used = at + Integer.BYTES + 1 + length;
        size++;
        place(((hash >>> 32) << 32) | at);
    }
}
