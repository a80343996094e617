package io.lakemesh.spill;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link ByteWriter} wrote. */
public final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    public ByteReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.end = end;
        this.at = from;
    }

    public boolean hasMore() {
        return at < end;
    }

    public int position() {
        return at;
    }

    public void skip(int count) {
        at += count;
    }

    public int readByte() {
        return bytes[at++];
    }

    public long readLong() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return (value >>> 1) ^ -(value & 1);
    }

    public long readFixed() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            value |= (bytes[at++] & 0xFFL) << shift;
        }
        return value;
    }

    public byte[] readBytes() {
        int count = (int) readLong();
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    public String readText() {
        int count = (int) readLong();
        at += count;
        return new String(bytes, at - count, count, StandardCharsets.UTF_8);
    }
}
