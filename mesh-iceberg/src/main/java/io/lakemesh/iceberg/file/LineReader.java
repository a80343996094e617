package io.lakemesh.iceberg.file;

import io.lakemesh.error.InvalidInputException;

/** Lines of UTF-8 text as slices of one buffer; LF, with or without a CR before it, ends a line. Not thread-safe. */
final class LineReader {
    static final int MAX_LINE = 16 << 20;

    private final ByteInput input;
    private final String file;
    private byte[] buffer;
    private int position;
    private int limit;
    private boolean ended;
    private long line;
    private int start;
    private int end;

    LineReader(ByteInput input, String file, int bufferSize) {
        this.input = input;
        this.file = file;
        this.buffer = new byte[bufferSize];
    }

    /** Goes to the next line; false at the end. */
    boolean next() {
        int lineBreak = find(position);
        while (lineBreak < 0 && !ended) {
            int searched = limit - position;
            refill();
            lineBreak = find(searched);
        }
        if (lineBreak < 0 && position == limit) {
            return false;
        }
        start = position;
        end = lineBreak < 0 ? limit : lineBreak;
        position = Math.min(limit, end + 1);
        line++;
        return true;
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** The line's number, from 1. */
    long line() {
        return line;
    }

    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private int find(int from) {
        for (int i = from; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void refill() {
        int rest = limit - position;
        if (rest > MAX_LINE) {
            throw new InvalidInputException("Cannot read " + Shown.name(file) + ": line " + (line + 1)
                    + " is longer than " + (MAX_LINE >> 20) + " MB, expected one JSON object a line");
        }
        byte[] target = rest > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, position, target, 0, rest);
        buffer = target;
        position = 0;
        int room = buffer.length - rest;
        int read = input.read(buffer, rest, room);
        ended = read < room;
        limit = rest + read;
    }
}
