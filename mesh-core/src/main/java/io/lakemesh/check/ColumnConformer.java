package io.lakemesh.check;

import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RawColumn;
import io.lakemesh.batch.Vector;
import io.lakemesh.contract.ColumnContract;
import org.jspecify.annotations.Nullable;

/** Conforms one column, batch by batch. */
final class ColumnConformer {
    private final CellConformer conformer;
    private final Cell scratch = new Cell();
    private @Nullable ValueCache cache;

    ColumnConformer(ColumnContract column) {
        this.conformer = new CellConformer(column, column.name());
        this.cache = conformer.isWorthCaching() ? new ValueCache() : null;
    }

    /** Fills the vector; notes what is wrong. A row that could not be read gets null. */
    void conform(RawBatch raw, @Nullable RawColumn column, Vector out, RowProblems problems) {
        if (cache != null && !cache.isUseful()) {
            cache = null;
        }
        for (int row = 0; row < raw.size(); row++) {
            if (raw.malformed(row) != null) {
                out.setNull(row);
                continue;
            }
            Cell cell = cell(column, row);
            cell.store(out, row);
            if (!cell.isGood()) {
                problems.add(row, cell.reasons());
            }
        }
    }

    private Cell cell(@Nullable RawColumn column, int row) {
        if (column instanceof RawColumn.Text text) {
            int start = text.start(row);
            int length = text.length(row);
            return length < 0 ? nullCell() : textCell(text.bytes(), start, start + length);
        }
        conformer.conformValue(column == null ? null : column.get(row), scratch);
        return scratch;
    }

    private Cell nullCell() {
        conformer.conformNull(scratch);
        return scratch;
    }

    private Cell textCell(byte[] bytes, int start, int end) {
        if (cache == null) {
            conformer.conformText(bytes, start, end, scratch);
            return scratch;
        }
        Cell known = cache.find(bytes, start, end);
        return known == null ? newCell(cache, bytes, start, end) : known;
    }

    private Cell newCell(ValueCache values, byte[] bytes, int start, int end) {
        boolean keep = values.hasRoom(end - start);
        Cell cell = keep ? new Cell() : scratch;
        conformer.conformText(bytes, start, end, cell);
        if (keep) {
            values.put(bytes, start, end, cell);
        }
        return cell;
    }
}
