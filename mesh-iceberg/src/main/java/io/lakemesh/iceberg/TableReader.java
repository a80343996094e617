package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.predicate.RowFilter;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.jspecify.annotations.Nullable;

/** Rows of one snapshot, file by file, deletes applied. */
final class TableReader implements BatchReader {
    private final BaseTable table;
    private final TableVersion version;
    private final Snapshot snapshot;
    private final CloseableIterable<FileScanTask> plan;
    private final CloseableIterator<FileScanTask> tasks;
    private final RecordFiles files;
    private final Batch batch;
    private final @Nullable RowFilter filter;
    private @Nullable CloseableIterable<Record> open;
    private @Nullable CloseableIterator<Record> records;
    /** Read at the moment, for messages. */
    private String file = "a table";

    private boolean closed;

    private TableReader(
            BaseTable table,
            TableVersion version,
            Snapshot snapshot,
            CloseableIterable<FileScanTask> plan,
            RecordFiles files,
            Batch batch,
            @Nullable RowFilter filter) {
        this.table = table;
        this.version = version;
        this.snapshot = snapshot;
        this.plan = plan;
        this.tasks = begin(plan);
        this.files = files;
        this.batch = batch;
        this.filter = filter;
    }

    static TableReader open(BaseTable table, TableVersion version, Scan scan) {
        return open(table, version, scan, task -> true);
    }

    /** Reads those data files only that are wanted. */
    static TableReader open(BaseTable table, TableVersion version, Scan scan, Predicate<FileScanTask> wantedFiles) {
        Snapshot snapshot = Objects.requireNonNull(StandIns.of(table, version), "snapshot of a version");
        TableSchema wanted = projection(version, scan);
        TableSchema columns =
                scan.where().map(predicate -> with(wanted, predicate, version)).orElse(wanted);
        RowFilter filter = scan.where()
                .map(predicate ->
                        new RowFilter(Predicates.rebase(predicate, version.schema(), columns), columns, wanted))
                .orElse(null);
        Schema schema = Schemas.toIceberg(columns);
        CloseableIterable<FileScanTask> plan = table.newScan()
                .useSnapshot(snapshot.snapshotId())
                .project(schema)
                .filter(pruning(table, version, scan))
                .planFiles();
        plan = CloseableIterable.filter(plan, wantedFiles);
        if (scan.onlyAdded()) {
            plan = CloseableIterable.filter(plan, task -> isAdded(task.file(), snapshot));
        }
        return new TableReader(
                table,
                version,
                snapshot,
                plan,
                new RecordFiles(table.io(), Schemas.toIceberg(version.schema()), schema),
                new Batch(columns),
                filter);
    }

    /** The columns that are wanted, and behind them those that a filter needs besides. */
    private static TableSchema with(TableSchema wanted, io.lakemesh.predicate.Predicate filter, TableVersion version) {
        List<Field> fields = new ArrayList<>(wanted.fields());
        Predicates.columns(filter).stream()
                .map(column -> version.schema().field(column.position()))
                .filter(field -> !fields.contains(field))
                .forEach(fields::add);
        return new TableSchema(fields, wanted.key());
    }

    /** What keeps files from being opened. It goes by names: where the version had others than the table, all are opened. */
    private static Expression pruning(BaseTable table, TableVersion version, Scan scan) {
        boolean sameColumns = Schemas.toIceberg(version.schema())
                .asStruct()
                .equals(table.schema().asStruct());
        return scan.where()
                .filter(predicate -> sameColumns)
                .map(IcebergPredicates::translate)
                .orElse(Expressions.alwaysTrue());
    }

    private CloseableIterator<FileScanTask> begin(CloseableIterable<FileScanTask> wanted) {
        try {
            return wanted.iterator();
        } catch (NotFoundException e) {
            StandIns.requireStill(table, version, snapshot, e);
            throw e;
        }
    }

    private static TableSchema projection(TableVersion version, Scan scan) {
        TableSchema all = version.schema();
        if (scan.columns().isEmpty()) {
            return all;
        }
        scan.columns().stream()
                .filter(name -> all.position(name).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidInputException("Cannot read column " + name + " of table " + version.table()
                            + ": expected one of "
                            + all.fields().stream().map(Field::name).toList());
                });
        return all.select(scan.columns());
    }

    /** Whether the release that a snapshot belongs to brought a data file with it. */
    static boolean isAdded(DataFile file, Snapshot snapshot) {
        return Objects.equals(file.dataSequenceNumber(), StandIns.addedAt(snapshot));
    }

    @Override
    public @Nullable Batch next() {
        while (fillKnowingFailures()) {
            Batch passed = filter == null ? batch : filter.pass(batch);
            if (passed.size() > 0) {
                return passed;
            }
        }
        return null;
    }

    private boolean fillKnowingFailures() {
        try {
            return fill();
        } catch (MeshException e) {
            throw e;
        } catch (UncheckedIOException e) {
            throw new UnavailableException("Cannot read " + file + ": " + Failures.cause(e), e);
        } catch (RuntimeException e) {
            StandIns.requireStill(table, version, snapshot, e);
            throw Failures.unreached(e)
                    .orElseGet(() -> new IntegrityException(
                            "Cannot read " + file + ": it is missing or damaged; 'mesh verify' says what does not hold",
                            e));
        }
    }

    private boolean fill() {
        int rows = 0;
        while (rows < Batch.CAPACITY && hasRecord()) {
            Record record = Objects.requireNonNull(records).next();
            for (int column = 0; column < batch.schema().size(); column++) {
                batch.column(column).set(rows, Values.fromIceberg(record.get(column)));
            }
            rows++;
        }
        batch.setSize(rows);
        return rows > 0;
    }

    private boolean hasRecord() {
        while (records == null || !records.hasNext()) {
            closeFile();
            if (!tasks.hasNext()) {
                return false;
            }
            FileScanTask task = tasks.next();
            file = task.file().location();
            CloseableIterable<Record> next = files.read(task);
            open = next;
            records = next.iterator();
        }
        return true;
    }

    private void closeFile() {
        CloseableIterable<Record> last = open;
        open = null;
        records = null;
        try {
            if (last != null) {
                last.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close a data file", e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        closeFile();
        try (plan) {
            tasks.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close a scan", e);
        }
    }
}
