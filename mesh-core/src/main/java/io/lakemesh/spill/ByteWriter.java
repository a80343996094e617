package io.lakemesh.spill;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of bytes; {@link ByteReader} reads them back. */
public final class ByteWriter {
    private byte[] bytes = new byte[64];
    private int length;

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    public void putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    /** A whole number, in fewer bytes the nearer it is to zero. */
    public void putLong(long value) {
        ensure(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    public void putFixed(long value) {
        ensure(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    public void putBytes(byte[] source) {
        putBytes(source, 0, source.length);
    }

    /** Bytes after their number. */
    public void putBytes(byte[] source, int from, int count) {
        putLong(count);
        putAll(source, from, count);
    }

    /** Bytes alone. */
    public void putAll(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    public void putText(String text) {
        putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
