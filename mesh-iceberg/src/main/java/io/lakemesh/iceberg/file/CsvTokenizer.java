package io.lakemesh.iceberg.file;

import io.lakemesh.error.InvalidInputException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits UTF-8 text into CSV records (RFC 4180; CRLF, LF or CR end a record) over one buffer, eight bytes at a time. Fields are
 * slices of the buffer, with doubled quotes made single in place. Empty lines are skipped. Not thread-safe.
 */
final class CsvTokenizer {
    static final int MAX_FIELDS = 10_000;
    static final int MAX_RECORD = 16 << 20;
    static final int BUFFER = 1 << 20;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD = Long.BYTES;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    /** Every byte below this one is looked at: line breaks and NUL are among them, and hardly any other is in use. */
    private static final long BELOW = 0x0e * ONES;

    private static final byte QUOTE = '"';
    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final byte NUL = 0;
    private static final int INCOMPLETE = -1;

    private final ByteInput input;
    private final String file;
    private final byte delimiter;
    private final String encoding;

    private byte[] buffer;
    private int position;
    private int limit;
    private boolean ended;
    private long line = 1;

    private int[] starts = new int[64];
    private int[] lengths = new int[64];
    private int[] escaped = new int[16];
    private int escapedCount;
    private int fields;
    private long recordLine;
    private int lineBreaks;
    private long bits;
    private boolean inQuotes;
    private @Nullable String fault;

    CsvTokenizer(TextInput input, String file, byte delimiter, int bufferSize) {
        this.input = input;
        this.file = file;
        this.encoding = input.charset().name();
        this.delimiter = delimiter;
        this.buffer = new byte[bufferSize + WORD];
    }

    /** Goes to the next record; false if the buffer holds no whole one, see {@link #refill}. */
    boolean next() {
        if (!skipEmptyLines()) {
            return false;
        }
        startRecord();
        int end = record(position);
        if (end == INCOMPLETE) {
            return false;
        }
        finishRecord(end);
        return true;
    }

    /** Moves the rest to the buffer's beginning and reads on, which ends the life of all slices; false at the end. */
    boolean refill() {
        if (ended) {
            return false;
        }
        int rest = limit - position;
        if (rest > MAX_RECORD) {
            throw new InvalidInputException("Cannot read " + Shown.name(file) + ": the record that starts on line "
                    + line + " is longer than " + (MAX_RECORD >> 20) + " MB; " + likelyCause());
        }
        byte[] target = rest > (buffer.length - WORD) / 2 ? new byte[(buffer.length - WORD) * 2 + WORD] : buffer;
        System.arraycopy(buffer, position, target, 0, rest);
        buffer = target;
        position = 0;
        int room = buffer.length - WORD - rest;
        int read = input.read(buffer, rest, room);
        ended = read < room;
        limit = rest + read;
        // so that the search for a special byte never runs beyond the limit
        Arrays.fill(buffer, limit, limit + WORD, LF);
        return true;
    }

    /** Of a record that does not end. */
    private String likelyCause() {
        if (fields > MAX_FIELDS) {
            return "it has over " + MAX_FIELDS + " fields: are there line breaks, and are these delimiters?";
        }
        return inQuotes ? "is a quote left open there?" : "a field is that long: is this a CSV file?";
    }

    byte[] buffer() {
        return buffer;
    }

    int fields() {
        return fields;
    }

    int start(int field) {
        return starts[field];
    }

    /** In bytes; -1 for a field that is empty and has no quotes. */
    int length(int field) {
        return lengths[field];
    }

    /** The line that the record starts on, from 1. */
    long recordLine() {
        return recordLine;
    }

    /** What is wrong with the record whatever its header; null for nothing. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Whether every byte of the record and some after it are ASCII. */
    boolean isAscii() {
        return (bits & HIGHS) == 0;
    }

    private boolean skipEmptyLines() {
        while (position < limit) {
            byte b = buffer[position];
            if (b != LF && b != CR) {
                return true;
            }
            int after = afterLineBreak(position);
            if (after == INCOMPLETE) {
                return false;
            }
            position = after;
            line++;
        }
        return false;
    }

    private void startRecord() {
        recordLine = line;
        lineBreaks = 0;
        fields = 0;
        escapedCount = 0;
        bits = 0;
        inQuotes = false;
        fault = null;
    }

    private int record(int from) {
        int i = from;
        while (true) {
            i = buffer[i] == QUOTE && i < limit ? quoted(i + 1) : unquoted(i);
            if (i == INCOMPLETE || (i >= limit && !ended)) {
                return INCOMPLETE;
            }
            if (i >= limit) {
                return i;
            }
            if (buffer[i] != delimiter) {
                lineBreaks++;
                return afterLineBreak(i);
            }
            i++;
        }
    }

    private int unquoted(int from) {
        int end = endOfUnquoted(from);
        add(from, end == from ? -1 : end - from);
        return end;
    }

    /** The next delimiter, line break or the limit. */
    private int endOfUnquoted(int from) {
        int i = from;
        while (true) {
            i = special(i, delimiter);
            byte b = buffer[i];
            if (b == delimiter || b == LF || b == CR) {
                return i;
            }
            noteNul(b);
            i++;
        }
    }

    private int quoted(int from) {
        boolean doubled = false;
        int i = from;
        while (true) {
            i = special(i, QUOTE);
            if (i >= limit) {
                return unclosed(from);
            }
            if (buffer[i] != QUOTE) {
                noteInQuotes(i);
                i++;
            } else if (i + 1 < limit && buffer[i + 1] == QUOTE) {
                doubled = true;
                i += 2;
            } else {
                return closed(from, i, doubled);
            }
        }
    }

    private int unclosed(int from) {
        inQuotes = true;
        if (!ended) {
            return INCOMPLETE;
        }
        fault = "has a quote that is never closed, so that the rest of the file was taken into this row";
        add(from, limit - from);
        return limit;
    }

    private int closed(int from, int quote, boolean doubled) {
        if (doubled) {
            escaped = escapedCount == escaped.length ? Arrays.copyOf(escaped, escapedCount * 2) : escaped;
            escaped[escapedCount++] = Math.min(fields, MAX_FIELDS);
        }
        add(from, quote - from);
        int end = endOfUnquoted(quote + 1);
        if (end > quote + 1 && fault == null) {
            fault = "has text after a closing quote";
        }
        return end;
    }

    private void noteInQuotes(int i) {
        byte b = buffer[i];
        if (b == LF || (b == CR && buffer[i + 1] != LF)) {
            lineBreaks++;
        }
        noteNul(b);
    }

    private void noteNul(byte b) {
        if (b == NUL && fault == null) {
            fault = "has a NUL byte";
        }
    }

    private int afterLineBreak(int i) {
        if (buffer[i] == LF) {
            return i + 1;
        }
        if (i + 1 >= limit) {
            return ended ? i + 1 : INCOMPLETE;
        }
        return buffer[i + 1] == LF ? i + 2 : i + 1;
    }

    /** The first position from here on that holds a byte or one below {@link #BELOW}; at most the limit. */
    private int special(int from, byte wanted) {
        byte[] bytes = buffer;
        long pattern = (wanted & 0xffL) * ONES;
        long seen = 0;
        int i = from;
        while (true) {
            long word = (long) LONGS.get(bytes, i);
            seen |= word;
            long hits = ((word - BELOW) | ((word ^ pattern) - ONES)) & ~word & HIGHS;
            if (hits != 0) {
                bits |= seen;
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            i += WORD;
        }
    }

    private void add(int start, int length) {
        if (fields < MAX_FIELDS) {
            if (fields == starts.length) {
                starts = Arrays.copyOf(starts, fields * 2);
                lengths = Arrays.copyOf(lengths, fields * 2);
            }
            starts[fields] = start;
            lengths[fields] = length;
        }
        fields++;
    }

    private void finishRecord(int end) {
        if (fault == null && !isAscii() && !Utf8.isValid(buffer, position, end)) {
            fault = "is not valid " + encoding;
        }
        for (int i = 0; i < escapedCount && escaped[i] < MAX_FIELDS; i++) {
            unescape(escaped[i]);
        }
        position = end;
        line += lineBreaks;
    }

    private void unescape(int field) {
        int to = starts[field];
        int end = starts[field] + lengths[field];
        for (int from = starts[field]; from < end; from++) {
            buffer[to++] = buffer[from];
            from += buffer[from] == QUOTE ? 1 : 0;
        }
        lengths[field] = to - starts[field];
    }
}
