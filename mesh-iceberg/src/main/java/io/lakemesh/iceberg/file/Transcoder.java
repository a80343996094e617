package io.lakemesh.iceberg.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Any charset to UTF-8. What cannot be decoded becomes {@link #UNDECODABLE}, so that the reader can refuse its row. */
final class Transcoder implements ByteInput {
    static final byte UNDECODABLE = (byte) 0xff;
    private static final int CHUNK = 1 << 14;

    private final ByteInput stored;
    private final CharsetDecoder decoder;
    private final ByteBuffer raw = ByteBuffer.allocate(CHUNK).limit(0);
    private final CharBuffer chars = CharBuffer.allocate(CHUNK);
    private ByteBuffer utf8 = ByteBuffer.allocate(0);
    private boolean ended;

    Transcoder(ByteInput stored, Charset charset) {
        this.stored = stored;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int done = 0;
        while (done < length && (utf8.hasRemaining() || decodeMore())) {
            int some = Math.min(length - done, utf8.remaining());
            utf8.get(buffer, offset + done, some);
            done += some;
        }
        return done;
    }

    private boolean decodeMore() {
        while (true) {
            CoderResult result = decoder.decode(raw, chars.clear(), ended);
            chars.flip();
            if (result.isError()) {
                raw.position(raw.position() + result.length());
                utf8 = withMark(StandardCharsets.UTF_8.encode(chars));
                return true;
            }
            if (chars.hasRemaining()) {
                utf8 = StandardCharsets.UTF_8.encode(chars);
                return true;
            }
            if (ended) {
                return false;
            }
            fill();
        }
    }

    private static ByteBuffer withMark(ByteBuffer text) {
        return ByteBuffer.allocate(text.remaining() + 1)
                .put(text)
                .put(UNDECODABLE)
                .flip();
    }

    private void fill() {
        raw.compact();
        int read = stored.read(raw.array(), raw.position(), raw.remaining());
        ended = read < raw.remaining();
        raw.position(raw.position() + read).flip();
    }
}
