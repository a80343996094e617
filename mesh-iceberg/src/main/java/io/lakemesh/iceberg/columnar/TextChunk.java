package io.lakemesh.iceberg.columnar;

import io.lakemesh.batch.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Strings, as UTF-8. */
final class TextChunk extends CodedChunk {
    private String[] values = new String[PAGE_ROWS];
    private final TextDictionary dictionary = new TextDictionary();
    private final int[] seenIn = new int[TextDictionary.MOST];
    private int page;
    private int bytes;

    TextChunk(ColumnDescriptor descriptor, Compressor compressor) {
        super(descriptor, compressor);
    }

    @Override
    void load(Vector vector, int[] positions, int count, int at) {
        for (int i = 0; i < count; i++) {
            String text = (String) Objects.requireNonNull(vector.get(positions[i]));
            values[at + i] = text;
            bytes += Integer.BYTES + text.length();
        }
    }

    /** Adds an entry of the row: a text, or none where the levels say so. */
    void put(int repetition, int definition, @Nullable String text) {
        level(repetition, definition);
        if (text != null) {
            if (size() == values.length) {
                values = Arrays.copyOf(values, 2 * values.length);
            }
            values[size()] = text;
            bytes += Integer.BYTES + text.length();
            encode(1);
        }
    }

    @Override
    int code(int index) {
        return dictionary.code(values[index]);
    }

    @Override
    int distinct() {
        return dictionary.size();
    }

    @Override
    void measure(Statistics<?> statistics, int count, int[] pageCodes, boolean ifCoded) {
        page++;
        for (int i = 0; i < count; i++) {
            if (!ifCoded) {
                statistics.updateStats(Binary.fromConstantByteArray(values[i].getBytes(StandardCharsets.UTF_8)));
            } else if (seenIn[pageCodes[i]] != page) {
                seenIn[pageCodes[i]] = page;
                statistics.updateStats(dictionary.encoded(pageCodes[i]));
            }
        }
        if (ifCoded) {
            startPage(count);
        }
    }

    private void startPage(int count) {
        Arrays.fill(values, 0, count, "");
        bytes = 0;
    }

    @Override
    void putPlain(PageBytes out, int count) {
        for (int i = 0; i < count; i++) {
            put(out, values[i].getBytes(StandardCharsets.UTF_8));
        }
        startPage(count);
    }

    @Override
    void putDictionary(PageBytes out) {
        for (int code = 0; code < dictionary.size(); code++) {
            put(out, dictionary.encoded(code).getBytesUnsafe());
        }
    }

    private static void put(PageBytes out, byte[] utf8) {
        out.putInt(utf8.length);
        out.putBytes(utf8, 0, utf8.length);
    }

    @Override
    void clearDictionary() {
        dictionary.clear();
    }

    @Override
    int plainSize(int count) {
        return bytes;
    }
}
