package io.lakemesh.iceberg.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text as UTF-8 without its byte order mark, whatever it was stored in. A byte that cannot be decoded becomes
 * {@link Transcoder#UNDECODABLE}, which no valid UTF-8 holds.
 */
final class TextInput implements ByteInput {
    private final ByteInput utf8;
    private final Charset charset;

    private TextInput(ByteInput utf8, Charset charset) {
        this.utf8 = utf8;
        this.charset = charset;
    }

    /** A byte order mark decides; without one the charset that was asked for, or else UTF-8. */
    static TextInput of(ByteInput stored, @Nullable Charset asked) {
        byte[] head = new byte[3];
        int length = stored.read(head, 0, head.length);
        if (length == 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf) {
            return decoding(stored, StandardCharsets.UTF_8);
        }
        if (length >= 2 && head[0] == (byte) 0xff && head[1] == (byte) 0xfe) {
            return decoding(new Prefixed(head, 2, length, stored), StandardCharsets.UTF_16LE);
        }
        if (length >= 2 && head[0] == (byte) 0xfe && head[1] == (byte) 0xff) {
            return decoding(new Prefixed(head, 2, length, stored), StandardCharsets.UTF_16BE);
        }
        return decoding(new Prefixed(head, 0, length, stored), asked == null ? StandardCharsets.UTF_8 : asked);
    }

    private static TextInput decoding(ByteInput stored, Charset charset) {
        boolean isUtf8 = charset.equals(StandardCharsets.UTF_8);
        return new TextInput(isUtf8 ? stored : new Transcoder(stored, charset), charset);
    }

    /** What the bytes are decoded from, for messages. */
    Charset charset() {
        return charset;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        return utf8.read(buffer, offset, length);
    }

    private static final class Prefixed implements ByteInput {
        private final byte[] head;
        private final int end;
        private final ByteInput rest;
        private int next;

        Prefixed(byte[] head, int from, int end, ByteInput rest) {
            this.head = head;
            this.next = from;
            this.end = end;
            this.rest = rest;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int fromHead = Math.min(length, end - next);
            System.arraycopy(head, next, buffer, offset, fromHead);
            next += fromHead;
            return fromHead + rest.read(buffer, offset + fromHead, length - fromHead);
        }
    }
}
