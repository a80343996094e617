package io.lakemesh.history;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.check.QuarantinedRow;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Value;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a product's runs set aside, in tables beside the product's own. Columns of such a table: {@code run_id},
 * {@code file}, {@code line}, {@code record} (a map), {@code reasons} (a list of {@code rule}, {@code field}, {@code message}).
 */
public final class Quarantine {
    private final Lakehouse lakehouse;
    private final Releases releases;

    public Quarantine(ProductAddress address, Lakehouse lakehouse) {
        this.lakehouse = lakehouse;
        this.releases = new Releases(address, lakehouse.blobs());
        lakehouse.find(address).ifPresent(state -> releases.heal(state.manifest()));
    }

    /** The runs that set rows aside, oldest first. */
    public List<RunRecord> runs() {
        return releases.runs().stream()
                .filter(run -> run.rows().quarantined() > 0)
                .toList();
    }

    /** The ids of runs whose rows a later run dealt with. */
    public Set<String> resolved() {
        return releases.runs().stream()
                .filter(run -> run.outcome() == RunRecord.Outcome.PUBLISHED)
                .map(RunRecord::resolves)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** How many rows of a run broke each rule; a row that broke several counts for each. */
    public Map<String, Long> reasons(RunRecord run) {
        Map<String, Long> reasons = new TreeMap<>();
        Optional.ofNullable(run.report()).map(releases::report).map(QualityReport::tables).orElse(List.of()).stream()
                .flatMap(table -> table.reasons().entrySet().stream())
                .forEach(reason -> reasons.merge(reason.getKey(), reason.getValue(), Long::sum));
        return reasons;
    }

    /** Hands over each row that a run set aside. */
    public void rows(RunRecord run, Consumer<QuarantinedRow> taker) {
        for (TableVersion table : run.quarantine()) {
            try (BatchReader reader = lakehouse.read(table, ofRun(table, run.runId()))) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    for (int row = 0; row < batch.size(); row++) {
                        taker.accept(quarantined(batch.row(row)));
                    }
                }
            }
        }
    }

    private static Scan ofRun(TableVersion table, String runId) {
        int position = table.schema().position("run_id").orElseThrow();
        Predicate filter = new Predicate.Comparison(
                new Value.Column("run_id", position, DataType.Primitive.STRING),
                Predicate.Operator.EQUAL,
                new Value.Literal(runId, DataType.Primitive.STRING));
        return new Scan(List.of(), filter, false);
    }

    private static QuarantinedRow quarantined(Row row) {
        return new QuarantinedRow(
                text(row.get("file")), (Long) Objects.requireNonNull(row.get("line")), record(row), reasons(row));
    }

    private static Map<String, String> record(Row row) {
        Map<String, String> record = new TreeMap<>();
        if (row.get("record") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> record.put(text(key), text(value)));
        }
        return record;
    }

    private static List<QuarantinedRow.Reason> reasons(Row row) {
        return row.get("reasons") instanceof List<?> list
                ? list.stream().map(Row.class::cast).map(Quarantine::reason).toList()
                : List.of();
    }

    private static QuarantinedRow.Reason reason(Row reason) {
        Object field = reason.get("field");
        return new QuarantinedRow.Reason(
                text(reason.get("rule")), field == null ? null : text(field), text(reason.get("message")));
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }
}
