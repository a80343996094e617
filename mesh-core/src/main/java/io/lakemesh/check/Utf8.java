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
        if (length < Long.BYTES) {
            return mix(hash ^ shortWord(bytes, start, length));
        }
        int last = start + length - Long.BYTES;
        for (int at = start; at < last; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at));
        }
        return mix(hash ^ (long) LONGS.get(bytes, last));
    }

    /** All bytes of a slice of less than eight, some of them twice, so that no loop is needed. */
    private static long shortWord(byte[] bytes, int start, int length) {
        if (length >= Integer.BYTES) {
            long first = (int) INTS.get(bytes, start);
            return (first << Integer.SIZE) ^ ((int) INTS.get(bytes, start + length - Integer.BYTES) & 0xFFFFFFFFL);
        }
        return length == 0
                ? 0
                : ((bytes[start] & 0xFF) << 16)
                        | ((bytes[start + length / 2] & 0xFF) << 8)
                        | (bytes[start + length - 1] & 0xFF);
    }

    private static long mix(long value) {
        return Math.multiplyHigh(value, MIX) ^ (value * MIX);
    }
}
