package io.lakemesh.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Slices of UTF-8 text. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Utf8() {}

    static String decode(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The first position that is no blank. */
    static int trimStart(byte[] bytes, int start, int end) {
        int from = start;
        while (from < end && isBlank(bytes[from])) {
            from++;
        }
        return from;
    }

    /** The position after the last that is no blank. */
    static int trimEnd(byte[] bytes, int start, int end) {
        int to = end;
        while (to > start && isBlank(bytes[to - 1])) {
            to--;
        }
        return to;
    }

    private static boolean isBlank(byte character) {
        return character >= 0 && character <= ' ';
    }

    /** A digit's value; negative or above 9 for other characters. */
    static int digit(byte character) {
        return character - '0';
    }

    static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /** A number of two digits; negative if they are none. */
    static int twoDigits(byte[] bytes, int at) {
        int tens = digit(bytes[at]);
        int ones = digit(bytes[at + 1]);
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    /** A hash of all bytes of a slice, different for each seed. */
    static long hash(byte[] bytes, int start, int length, long seed) {
        long hash = seed ^ (length * MIX);
        int end = start + length;
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at));
        }
        if (at + Integer.BYTES <= end) {
            hash = mix(hash ^ (int) INTS.get(bytes, at));
            at += Integer.BYTES;
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
        }
        return mix(hash ^ rest);
    }

    private static long mix(long value) {
        return Math.multiplyHigh(value, MIX) ^ (value * MIX);
    }
}
