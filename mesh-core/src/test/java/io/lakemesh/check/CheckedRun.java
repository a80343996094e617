package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RawColumn;
import io.lakemesh.contract.TableContract;
import io.lakemesh.schema.Row;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** Runs a check over rows that a test writes down, and keeps what comes out. */
@NullUnmarked
final class CheckedRun implements AutoCloseable {
    final List<Row> good = new ArrayList<>();
    final List<QuarantinedRow> bad = new ArrayList<>();
    final TableCheck check;
    private long line = 2;

    CheckedRun(TableContract contract, CheckContext context) {
        this.check = new TableCheck(contract, contract.schema(), context);
    }

    /** Rows of text, in batches of at most the given size. */
    CheckedRun text(List<String> names, List<String[]> rows, int batchSize) {
        for (int from = 0; from < rows.size(); from += batchSize) {
            add(textBatch(names, rows.subList(from, Math.min(rows.size(), from + batchSize))));
        }
        return this;
    }

    /** Rows of typed values, one batch. */
    CheckedRun values(List<String> names, List<? extends List<?>> rows) {
        RawColumn.Values[] columns = new RawColumn.Values[names.size()];
        Arrays.setAll(columns, i -> new RawColumn.Values());
        RawBatch raw = new RawBatch();
        raw.startFile("input.jsonl", names, columns);
        for (List<?> row : rows) {
            for (int i = 0; i < columns.length; i++) {
                columns[i].set(raw.size(), row.get(i));
            }
            raw.addRow(line++);
        }
        add(raw);
        return this;
    }

    void add(RawBatch raw) {
        check.add(raw, this::keep, bad::add);
    }

    RawBatch textBatch(List<String> names, List<String[]> rows) {
        RawColumn.Text[] columns = new RawColumn.Text[names.size()];
        Arrays.setAll(columns, i -> new RawColumn.Text());
        RawBatch raw = new RawBatch();
        raw.startFile("input.csv", names, columns);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String[] row : rows) {
            for (int i = 0; i < columns.length; i++) {
                String value = row[i];
                byte[] text = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
                columns[i].set(raw.size(), bytes.size(), value == null ? -1 : text.length);
                bytes.writeBytes(text);
            }
            raw.addRow(line++);
        }
        Arrays.stream(columns).forEach(column -> column.setBytes(bytes.toByteArray()));
        return raw;
    }

    private void keep(Batch batch, int[] selected, int count) {
        for (int i = 0; i < count; i++) {
            good.add(batch.row(selected[i]));
        }
    }

    TableReport finish() {
        return finish(null, false);
    }

    TableReport finish(ExistingRows existing, boolean replacedByKey) {
        check.finish(this::keep, bad::add);
        return check.judge(existing, replacedByKey);
    }

    List<String> reasonsOf(int quarantined) {
        return bad.get(quarantined).reasons().stream()
                .map(QuarantinedRow.Reason::rule)
                .toList();
    }

    @Override
    public void close() {
        check.close();
    }
}
