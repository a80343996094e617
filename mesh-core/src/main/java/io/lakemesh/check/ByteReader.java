package io.lakemesh.check;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link ByteWriter} wrote. */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.end = end;
        this.at = from;
    }

    boolean hasMore() {
        return at < end;
    }

    int position() {
        return at;
    }

    void skip(int count) {
        at += count;
    }

    int readByte() {
        return bytes[at++];
    }

    long readLong() {
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

    long readFixed() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            value |= (bytes[at++] & 0xFFL) << shift;
        }
        return value;
    }

    byte[] readBytes() {
        int count = (int) readLong();
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    String readText() {
        int count = (int) readLong();
        at += count;
        return new String(bytes, at - count, count, StandardCharsets.UTF_8);
    }
}
