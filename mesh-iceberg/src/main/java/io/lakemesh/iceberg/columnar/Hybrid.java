package io.lakemesh.iceberg.columnar;

/**
 * Parquet's RLE and bit-packing hybrid for levels and dictionary codes: one run of equal values, or else one bit-packed run.
 * Repetition within the packed bits is left to the compression.
 */
final class Hybrid {
    private Hybrid() {}

    /** How many bits the values from 0 to {@code largest} need. */
    static int bitWidth(int largest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
    }

    static void encode(int[] values, int count, int bitWidth, PageBytes out) {
        if (allEqual(values, count)) {
            encodeRun(values[0], count, bitWidth, out);
        } else {
            encodePacked(values, count, bitWidth, out);
        }
    }

    private static boolean allEqual(int[] values, int count) {
        for (int i = 1; i < count; i++) {
            if (values[i] != values[0]) {
                return false;
            }
        }
        return count > 0;
    }

    private static void encodeRun(int value, int count, int bitWidth, PageBytes out) {
        out.putVarint(count << 1);
        for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
            out.putByte(value >>> shift);
        }
    }

    private static void encodePacked(int[] values, int count, int bitWidth, PageBytes out) {
        int groups = (count + 7) / 8;
        out.putVarint((groups << 1) | 1);
        out.reserve(groups * bitWidth);
        long bits = 0;
        int filled = 0;
        for (int i = 0; i < groups * 8; i++) {
            bits |= (i < count ? (long) values[i] : 0) << filled;
            filled += bitWidth;
            while (filled >= Byte.SIZE) {
                out.putByte((int) bits);
                bits >>>= Byte.SIZE;
                filled -= Byte.SIZE;
            }
        }
    }
}
