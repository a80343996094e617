package io.lakemesh.check;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** Types whose values are read from short texts: string, uuid, binary. */
final class TextParsers {
    private TextParsers() {}

    /** Text as it stands, blanks included. */
    static final class OfString implements CellParser {
        @Override
        public boolean parse(byte[] bytes, int start, int end, Cell out) {
            out.setObject(Utf8.decode(bytes, start, end));
            return true;
        }

        @Override
        public boolean accept(Object value, Cell out) {
            out.setObject(value);
            return value instanceof String;
        }
    }

    /** The canonical form of 36 characters. */
    static final class OfUuid implements CellParser {
        private static final int LENGTH = 36;

        @Override
        public boolean parse(byte[] bytes, int start, int end, Cell out) {
            int from = Utf8.trimStart(bytes, start, end);
            int to = Utf8.trimEnd(bytes, from, end);
            if (to - from != LENGTH || !isCanonical(bytes, from)) {
                return false;
            }
            out.setObject(UUID.fromString(Utf8.decode(bytes, from, to)));
            return true;
        }

        private static boolean isCanonical(byte[] bytes, int from) {
            for (int i = 0; i < LENGTH; i++) {
                boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
                byte character = bytes[from + i];
                if (dash ? character != '-' : character < 0 || Character.digit(character, 16) < 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean accept(Object value, Cell out) {
            out.setObject(value);
            return value instanceof UUID;
        }

        @Override
        public boolean worthCaching() {
            return false;
        }
    }

    /** Base64 (RFC 4648, the ordinary alphabet). */
    static final class OfBinary implements CellParser {
        @Override
        public boolean parse(byte[] bytes, int start, int end, Cell out) {
            int from = Utf8.trimStart(bytes, start, end);
            int to = Utf8.trimEnd(bytes, from, end);
            try {
                out.setObject(readOnly(Base64.getDecoder().decode(Utf8.decode(bytes, from, to))));
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        @Override
        public boolean accept(Object value, Cell out) {
            if (value instanceof byte[] bytes) {
                out.setObject(readOnly(bytes.clone()));
            } else if (value instanceof ByteBuffer buffer) {
                out.setObject(copy(buffer));
            } else {
                return false;
            }
            return true;
        }

        private static ByteBuffer copy(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return readOnly(bytes);
        }

        private static ByteBuffer readOnly(byte[] bytes) {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }
    }
}
