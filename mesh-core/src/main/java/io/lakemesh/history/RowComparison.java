package io.lakemesh.history;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.history.Diff.RowChange;
import io.lakemesh.history.Diff.TableDiff;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.RowAccess;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.spill.ByteReader;
import io.lakemesh.spill.ByteWriter;
import io.lakemesh.spill.Spill;
import io.lakemesh.spill.SpillFile;
import io.lakemesh.spill.ValueCodec;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Matches the rows of two versions of a table by primary key, or as a whole where there is none. Both are split by the key's hash
 * into files, so that only a part of each is in memory at a time.
 */
final class RowComparison implements AutoCloseable {
    private static final int PARTS = 64;
    private static final int BEFORE = 0;
    private static final int AFTER = 1;

    private final RowAccess rows;
    private final TableVersion before;
    private final TableVersion after;
    private final boolean keyed;
    private final Spill spill = new Spill(Spill.temporaryFolder());
    private final List<SpillFile> parts = new ArrayList<>();
    private final Map<String, Long> columns = new HashMap<>();
    private final List<RowChange> shown = new ArrayList<>();
    private long added;
    private long removed;
    private long changed;

    RowComparison(RowAccess rows, TableVersion before, TableVersion after) {
        this.rows = rows;
        this.before = Widening.of(before, after.schema());
        this.after = Widening.of(after, before.schema());
        this.keyed = !keyIds(before).isEmpty() && keyIds(before).equals(keyIds(after));
        for (int i = 0; i < PARTS; i++) {
            parts.add(new SpillFile(spill));
        }
    }

    private static List<Integer> keyIds(TableVersion table) {
        TableSchema schema = table.schema();
        return schema.key().stream()
                .map(name -> schema.field(schema.position(name).orElseThrow()).id())
                .toList();
    }

    TableDiff compare(String object, List<String> schema) {
        if (before.snapshotId() != after.snapshotId()) {
            split(before, BEFORE);
            split(after, AFTER);
            parts.forEach(this::comparePart);
        }
        return new TableDiff(object, keyed, added, removed, changed, columns, schema, shown);
    }

    private void split(TableVersion table, int side) {
        ByteWriter bytes = new ByteWriter();
        int[] key = keyPositions(table.schema());
        try (BatchReader reader = rows.read(table, Scan.ALL)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.size(); row++) {
                    add(batch, row, key, side, bytes);
                }
            }
        }
    }

    private int[] keyPositions(TableSchema schema) {
        return keyed
                ? schema.key().stream()
                        .mapToInt(name -> schema.position(name).orElseThrow())
                        .toArray()
                : new int[0];
    }

    /** A record is the key's bytes, then the row's; without a key the row is the key. */
    private void add(Batch batch, int row, int[] key, int side, ByteWriter bytes) {
        bytes.clear();
        for (int position : key) {
            write(batch, position, row, bytes);
        }
        int keyLength = bytes.length();
        for (int position = 0; position < batch.schema().size(); position++) {
            write(batch, position, row, bytes);
        }
        int hashed = keyed ? keyLength : bytes.length();
        int hash = ByteBuffer.wrap(bytes.bytes(), 0, hashed).hashCode();
        parts.get(Math.floorMod((hash * 0x9E3779B9) >>> 8, PARTS))
                .add(bytes.bytes(), 0, bytes.length(), side, keyLength);
    }

    private static void write(Batch batch, int position, int row, ByteWriter bytes) {
        ValueCodec.write(
                batch.schema().field(position).type(), batch.column(position).get(row), bytes);
    }

    private void comparePart(SpillFile part) {
        Map<ByteBuffer, Deque<byte[]>> unmatched = new HashMap<>();
        part.replay((bytes, from, length, side, keyLength) -> {
            byte[] content = Arrays.copyOfRange(bytes, from, from + length);
            ByteBuffer key = ByteBuffer.wrap(content, 0, keyed ? (int) keyLength : length);
            byte[] row = Arrays.copyOfRange(content, (int) keyLength, length);
            if (side == BEFORE) {
                unmatched.computeIfAbsent(key, unused -> new ArrayDeque<>(1)).add(row);
            } else {
                match(unmatched, key, row);
            }
        });
        unmatched.values().forEach(rows -> rows.forEach(this::removed));
    }

    private void match(Map<ByteBuffer, Deque<byte[]>> unmatched, ByteBuffer key, byte[] now) {
        Deque<byte[]> olds = unmatched.get(key);
        if (olds == null) {
            added++;
            show(null, row(after.schema(), now));
            return;
        }
        byte[] old = olds.remove();
        if (olds.isEmpty()) {
            unmatched.remove(key);
        }
        if (keyed) {
            change(row(before.schema(), old), row(after.schema(), now));
        }
    }

    private void removed(byte[] old) {
        removed++;
        show(row(before.schema(), old), null);
    }

    private void change(Row old, Row now) {
        boolean differs = false;
        for (int position = 0; position < after.schema().size(); position++) {
            Field field = after.schema().field(position);
            if (!Objects.equals(old(old, field.id()), now.get(position))) {
                columns.merge(field.name(), 1L, Long::sum);
                differs = true;
            }
        }
        if (differs) {
            changed++;
            show(old, now);
        }
    }

    /** A column's value before, by its id, whatever its name was; null if there was no such column. */
    private @Nullable Object old(Row row, int id) {
        List<Field> fields = before.schema().fields();
        for (int position = 0; position < fields.size(); position++) {
            if (fields.get(position).id() == id) {
                return row.get(position);
            }
        }
        return null;
    }

    private static Row row(TableSchema schema, byte[] bytes) {
        ByteReader in = new ByteReader(bytes, 0, bytes.length);
        List<@Nullable Object> values = new ArrayList<>(schema.size());
        schema.fields().forEach(field -> values.add(ValueCodec.read(field.type(), in)));
        return new Row(schema.fields().stream().map(Field::name).toList(), values);
    }

    private void show(@Nullable Row old, @Nullable Row now) {
        if (shown.size() < Diff.SHOWN) {
            shown.add(new RowChange(old, now));
        }
    }

    @Override
    public void close() {
        parts.forEach(SpillFile::close);
        spill.close();
    }
}
