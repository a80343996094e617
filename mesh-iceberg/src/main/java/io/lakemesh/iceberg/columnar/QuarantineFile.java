package io.lakemesh.iceberg.columnar;

import io.lakemesh.check.QuarantinedRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.types.Types;

/** A Parquet file of rows that were set aside: {@link #SCHEMA}. Not thread-safe. */
public final class QuarantineFile implements AutoCloseable {
    private static final Types.StructType REASON = Types.StructType.of(
            Types.NestedField.required(10, "rule", Types.StringType.get()),
            Types.NestedField.optional(11, "field", Types.StringType.get()),
            Types.NestedField.required(12, "message", Types.StringType.get()));

    /** Where a row stood, its raw values, why it was set aside, and when. */
    public static final Schema SCHEMA = new Schema(
            Types.NestedField.required(2, "file", Types.StringType.get()),
            Types.NestedField.required(3, "line", Types.LongType.get()),
            Types.NestedField.required(
                    4, "record", Types.MapType.ofRequired(7, 8, Types.StringType.get(), Types.StringType.get())),
            Types.NestedField.required(5, "reasons", Types.ListType.ofRequired(9, REASON)),
            Types.NestedField.required(6, "quarantined_at", Types.TimestampType.withZone()));

    // definition levels of what is repeated, and of a reason's optional field
    private static final int EMPTY = 0;
    private static final int PRESENT = 1;
    private static final int FIELD_PRESENT = 2;

    private final ChunkedFile file;
    private final long micros;
    private final TextChunk name;
    private final WholeNumberChunk line;
    private final TextChunk key;
    private final TextChunk value;
    private final TextChunk rule;
    private final TextChunk field;
    private final TextChunk message;
    private final WholeNumberChunk at;

    /**
     * Starts a file.
     *
     * @param micros when its rows are set aside, in microseconds since 1970
     */
    public QuarantineFile(OutputFile output, long micros) {
        this.file = new ChunkedFile(output, SCHEMA);
        this.micros = micros;
        List<ColumnChunk> columns = file.columns();
        this.name = (TextChunk) columns.get(0);
        this.line = (WholeNumberChunk) columns.get(1);
        this.key = (TextChunk) columns.get(2);
        this.value = (TextChunk) columns.get(3);
        this.rule = (TextChunk) columns.get(4);
        this.field = (TextChunk) columns.get(5);
        this.message = (TextChunk) columns.get(6);
        this.at = (WholeNumberChunk) columns.get(7);
    }

    public void write(QuarantinedRow row) {
        name.startRow(1);
        name.put(0, 0, row.file());
        line.startRow(1);
        line.put(row.line());
        writeRecord(row.record());
        writeReasons(row.reasons());
        at.startRow(1);
        at.put(micros);
        file.added(1);
    }

    private void writeRecord(Map<String, String> record) {
        int entries = Math.max(1, record.size());
        key.startRow(entries);
        value.startRow(entries);
        if (record.isEmpty()) {
            key.put(0, EMPTY, null);
            value.put(0, EMPTY, null);
        }
        int repetition = 0;
        for (Map.Entry<String, String> entry : record.entrySet()) {
            key.put(repetition, PRESENT, entry.getKey());
            value.put(repetition, PRESENT, entry.getValue());
            repetition = 1;
        }
    }

    private void writeReasons(List<QuarantinedRow.Reason> reasons) {
        int entries = Math.max(1, reasons.size());
        rule.startRow(entries);
        field.startRow(entries);
        message.startRow(entries);
        if (reasons.isEmpty()) {
            rule.put(0, EMPTY, null);
            field.put(0, EMPTY, null);
            message.put(0, EMPTY, null);
        }
        for (int i = 0; i < reasons.size(); i++) {
            QuarantinedRow.Reason reason = reasons.get(i);
            int repetition = i == 0 ? 0 : 1;
            rule.put(repetition, PRESENT, reason.rule());
            field.put(repetition, reason.field() == null ? PRESENT : FIELD_PRESENT, reason.field());
            message.put(repetition, PRESENT, reason.message());
        }
    }

    /** Bytes of the file so far; those that are still held back are estimated. */
    public long length() {
        return file.length();
    }

    /** Ends the file. */
    @Override
    public void close() {
        file.close();
    }

    /** Frees what is held, and leaves the file unfinished. */
    public void abort() throws IOException {
        file.abort();
    }

    /** What Iceberg keeps about the closed file. */
    public Metrics metrics(MetricsConfig config) {
        return file.metrics(config);
    }

    /** Where the closed file's row groups start. */
    public List<Long> splitOffsets() {
        return file.splitOffsets();
    }
}
