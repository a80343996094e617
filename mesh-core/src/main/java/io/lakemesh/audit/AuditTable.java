package io.lakemesh.audit;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.contract.TableNames;
import io.lakemesh.error.ConflictException;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Value;
import io.lakemesh.run.Deadline;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.MeshTable;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The table that the chain stands in. */
record AuditTable(Lakehouse lakehouse, Clock clock) {
    static final TableSchema SCHEMA = AuditColumns.LAYOUT.schema();

    private static final MeshTable.Definition DEFINITION = new MeshTable.Definition(
            new TableName(TableNames.OWN_NAMESPACE, "audit"),
            "Who was let do what, and who was not; mesh audit verify checks the chain of hashes",
            SCHEMA,
            MeshTable.OtherColumns.KEPT);

    MeshTable open() {
        return lakehouse.open(DEFINITION);
    }

    /**
     * Adds records at the end of the chain, in one commit upon the table whose end was looked at.
     *
     * @param doubtful whether the table may have some of them: those are left out
     * @return how many were added
     * @throws ConflictException if others add all the time; nothing was added
     * @throws io.lakemesh.error.UnavailableException if the outcome is unknown
     */
    int add(List<Map<String, String>> records, boolean doubtful) {
        Deadline deadline = Deadline.start(clock);
        while (true) {
            MeshTable table = open();
            List<Map<String, String>> lacking = doubtful ? lacking(table, records) : records;
            if (lacking.isEmpty() || append(table, lacking)) {
                return lacking.size();
            }
            if (!deadline.pause()) {
                throw deadline.exceeded(
                        new ConflictException("Cannot add to the audit's table: others add to it all the time"));
            }
        }
    }

    private static boolean append(MeshTable table, List<Map<String, String>> records) {
        Head head = head(table);
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> record : records) {
            AuditEntry entry = AuditEntry.after(head, record);
            rows.add(AuditColumns.LAYOUT.row(entry));
            head = entry.head();
        }
        return table.append(rows, head.position());
    }

    static Head head(MeshTable table) {
        return table.position().map(Head::parse).orElse(Head.START);
    }

    /** Those whose ids the table has not, each once. */
    private static List<Map<String, String>> lacking(MeshTable table, List<Map<String, String>> records) {
        Map<String, Map<String, String>> lacking = new LinkedHashMap<>();
        records.forEach(record -> lacking.putIfAbsent(record.getOrDefault("id", ""), record));
        Set<String> there = new HashSet<>();
        read(table, new Scan(List.of("id"), between(records), false), row -> there.add(String.valueOf(row.get("id"))));
        lacking.keySet().removeAll(there);
        return List.copyOf(lacking.values());
    }

    /** Only files with records of the same time can have the same records. */
    private static Predicate between(List<Map<String, String>> records) {
        List<Instant> times = records.stream()
                .map(record -> Instant.parse(record.getOrDefault(AuditColumns.AT, "")))
                .sorted()
                .toList();
        return new Predicate.And(List.of(
                time(Predicate.Operator.GREATER_OR_EQUAL, times.get(0)),
                time(Predicate.Operator.LESS_OR_EQUAL, times.get(times.size() - 1))));
    }

    static Predicate time(Predicate.Operator operator, Instant time) {
        Value.Column at = column(AuditColumns.AT);
        return new Predicate.Comparison(at, operator, new Value.Literal(time.atOffset(ZoneOffset.UTC), at.type()));
    }

    static Value.Column column(String name) {
        int position = SCHEMA.position(name).orElseThrow();
        return new Value.Column(name, position, SCHEMA.field(position).type());
    }

    static void read(MeshTable table, Scan scan, Consumer<Row> taker) {
        try (BatchReader reader = table.read(scan)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int row = 0; row < batch.size(); row++) {
                    taker.accept(batch.row(row));
                }
            }
        }
    }
}
