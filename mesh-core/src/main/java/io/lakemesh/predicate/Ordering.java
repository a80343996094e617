package io.lakemesh.predicate;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.UUID;

/** How stored values compare: see {@link Operand} for their classes. */
final class Ordering {
    private Ordering() {}

    static int compare(Object one, Object other) {
        if (one instanceof Long a && other instanceof Long b) {
            return Long.compare(a, b);
        }
        if (one instanceof String a && other instanceof String b) {
            return compare(a, b);
        }
        if (one instanceof Number a && other instanceof Number b) {
            return compare(a, b);
        }
        if (one instanceof UUID a && other instanceof UUID b) {
            return compare(a, b);
        }
        return compare((ByteBuffer) one, (ByteBuffer) other);
    }

    /** Zeros are equal whatever their sign; NaN equals itself and is greater than any number. */
    static int compare(double a, double b) {
        if (a < b) {
            return -1;
        }
        if (a > b) {
            return 1;
        }
        return a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }

    private static int compare(Number a, Number b) {
        return a instanceof Double || b instanceof Double
                ? compare(a.doubleValue(), b.doubleValue())
                : exact(a).compareTo(exact(b));
    }

    private static BigDecimal exact(Number number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
    }

    /** By code points, which is the order of UTF-8's bytes; Java's own order puts surrogates before U+E000. */
    private static int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean sameKind = Character.isSurrogate(x) == Character.isSurrogate(y);
                return sameKind ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int compare(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }

    private static int compare(ByteBuffer a, ByteBuffer b) {
        int difference = a.mismatch(b);
        return difference < 0 || difference == Math.min(a.remaining(), b.remaining())
                ? Integer.compare(a.remaining(), b.remaining())
                : Byte.compareUnsigned(a.get(a.position() + difference), b.get(b.position() + difference));
    }
}
