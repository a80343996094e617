package io.lakemesh.audit;

import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mesh's audit: records of who was let do what. A record is first written to a journal on this machine, and from there, with
 * others, to the table {@code lakemesh.audit}. Safe for use by many threads.
 */
public final class AuditLog implements AutoCloseable {
    /** The columns of the table. */
    public static final TableSchema SCHEMA = AuditTable.SCHEMA;

    private static final List<String> COLUMNS =
            SCHEMA.fields().stream().map(Field::name).toList();

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    /** Records in a journal; with more, they go into the table. */
    private static final int MOST = 1_000;

    private static final int MOST_IN_COMMIT = 10_000;

    private final Supplier<Lakehouse> lakehouse;
    private final Journals journals;
    private final Clock clock;
    private final String actor;
    private final int most;
    private final Object settling = new Object();
    private final List<Journal> full = new ArrayList<>();
    private volatile Consumer<String> warnings = LOG::warn;
    private @Nullable Journal current;

    /**
     * The audit of a mesh.
     *
     * @param folder where the journals are
     * @param actor the identity that acts
     */
    public AuditLog(Supplier<Lakehouse> lakehouse, Path folder, Clock clock, String actor) {
        this(lakehouse, folder, clock, actor, MOST);
    }

    AuditLog(Supplier<Lakehouse> lakehouse, Path folder, Clock clock, String actor, int most) {
        this.lakehouse = lakehouse;
        this.journals = new Journals(folder);
        this.clock = clock;
        this.actor = actor;
        this.most = most;
    }

    /** Names who is told of records that could not be brought into the table; by default it is logged. */
    public void warnTo(Consumer<String> listener) {
        this.warnings = listener;
    }

    /**
     * Writes a record down, before what it tells of happens.
     *
     * @throws UnavailableException if that cannot be done: then it must not happen
     */
    public void append(AuditRecordBuilder record) {
        AuditRecord complete = record.build(UUID.randomUUID().toString(), clock.instant(), actor);
        if (write(complete.texts())) {
            settleOrWarn();
        }
    }

    /**
     * Requires that a record could be written down, for what takes long.
     *
     * @throws UnavailableException if not
     */
    public synchronized void requireWritable() {
        if (current == null) {
            current = journals.start();
        }
    }

    /** Whether the journal is full now. */
    private synchronized boolean write(Map<String, String> record) {
        requireWritable();
        Journal journal = java.util.Objects.requireNonNull(current);
        try {
            journal.append(record);
        } catch (IOException e) {
            current = null;
            letGo(journal);
            throw journals.failed(e);
        }
        if (journal.records().size() < most) {
            return false;
        }
        full.add(journal);
        current = null;
        return true;
    }

    /**
     * Brings every record into the table that waits on this machine and that no other process is about to bring.
     *
     * @throws MeshException if the table cannot be written; the records wait
     */
    public void settle() {
        synchronized (settling) {
            List<Journal> waiting = new ArrayList<>(written());
            waiting.addAll(journals.abandoned(damaged -> warnings.accept(String.valueOf(damaged.getMessage()))));
            boolean done = false;
            try {
                bring(waiting);
                done = true;
            } finally {
                if (!done) {
                    waiting.forEach(AuditLog::letGo);
                }
            }
            waiting.forEach(AuditLog::remove);
        }
    }

    private void bring(List<Journal> waiting) {
        List<Map<String, String>> records =
                waiting.stream().flatMap(journal -> journal.records().stream()).toList();
        if (!records.isEmpty()) {
            new AuditTable(lakehouse.get(), clock).add(records, waiting.stream().anyMatch(Journal::isDoubtful));
        }
    }

    private synchronized List<Journal> written() {
        List<Journal> written = new ArrayList<>(full);
        if (current != null) {
            written.add(current);
        }
        full.clear();
        current = null;
        return written;
    }

    private static void letGo(Journal journal) {
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn("Cannot close the audit's journal {}", journal.file(), e);
        }
    }

    private static void remove(Journal journal) {
        try {
            journal.remove();
        } catch (IOException e) {
            // it is known by its records' ids when it is taken in again
            LOG.warn("Cannot remove the audit's journal {}", journal.file(), e);
        }
    }

    /**
     * Adds records of decisions that were made elsewhere to the table, those that it has already left out.
     *
     * @return how many were added
     * @throws MeshException if the table cannot be written; asked for again, it goes on
     */
    public long add(List<AuditRecord> records) {
        AuditTable table = new AuditTable(lakehouse.get(), clock);
        long added = 0;
        for (int from = 0; from < records.size(); from += MOST_IN_COMMIT) {
            List<AuditRecord> part = records.subList(from, Math.min(records.size(), from + MOST_IN_COMMIT));
            added += table.add(part.stream().map(AuditRecord::texts).toList(), true);
        }
        return added;
    }

    /** The newest records that are asked for, newest first. */
    public List<Row> records(AuditQuery query) {
        PriorityQueue<Row> newest = new PriorityQueue<>(Comparator.comparingLong(AuditLog::sequence));
        AuditTable table = new AuditTable(lakehouse.get(), clock);
        AuditTable.read(table.open(), new Scan(COLUMNS, query.condition(), false), row -> {
            newest.add(row);
            if (newest.size() > query.limit()) {
                newest.remove();
            }
        });
        return newest.stream()
                .sorted(Comparator.comparingLong(AuditLog::sequence).reversed())
                .toList();
    }

    private static long sequence(Row row) {
        return row.get(AuditColumns.SEQUENCE) instanceof Long number ? number : 0;
    }

    /**
     * Checks the whole chain.
     *
     * @param noted the hash of some record that was noted before; null for none
     */
    public AuditVerification verify(@Nullable String noted) {
        return new ChainCheck().check(new AuditTable(lakehouse.get(), clock).open(), noted);
    }

    /** Brings what was written into the table; where that fails, the records wait for whoever comes next. */
    @Override
    public void close() {
        if (hasWritten()) {
            settleOrWarn();
        }
    }

    private synchronized boolean hasWritten() {
        return current != null || !full.isEmpty();
    }

    private void settleOrWarn() {
        try {
            settle();
        } catch (MeshException e) {
            warnings.accept(
                    "Cannot bring the audit's records into their table; they wait for the next: " + e.getMessage());
        }
    }
}
