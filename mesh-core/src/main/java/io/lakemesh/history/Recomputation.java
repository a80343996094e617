package io.lakemesh.history;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RawColumn;
import io.lakemesh.check.CheckContext;
import io.lakemesh.check.CheckResult;
import io.lakemesh.check.TableCheck;
import io.lakemesh.check.TableReport;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Limits;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.TableContract;
import io.lakemesh.history.Verification.Finding;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Descriptors;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.Field;
import io.lakemesh.spill.Spill;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Counts rows and measures rules again, from the data of a release. Rows that were erased since count as if they were there; what
 * rules measured over them cannot be told again.
 */
record Recomputation(Lakehouse lakehouse, History history, Erased erased) {
    List<Finding> of(Release release) {
        ProductContract contract = ProductContracts.compile(Descriptors.load(release.manifest(), history.objects()));
        Optional<QualityReport> report = history.report(release);
        List<Finding> findings = new ArrayList<>();
        for (TableVersion table : release.manifest().tables()) {
            countRows(table, erased.rows(table, release), findings);
            contract.tables().stream()
                    .filter(candidate -> candidate.table().equals(table.table()))
                    .findFirst()
                    .ifPresent(found -> report.flatMap(judged -> judged.table(table.object()))
                            .ifPresent(
                                    claimed -> measure(found, table, claimed, erased.added(table, release), findings)));
        }
        return findings;
    }

    private void countRows(TableVersion table, long lost, List<Finding> findings) {
        long rows = 0;
        try (BatchReader reader = lakehouse.read(table, Scan.ALL)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                rows += batch.size();
            }
        }
        if (rows + lost != table.rows()) {
            findings.add(new Finding(
                    table.table().toString(),
                    "it has " + rows + " rows" + less(lost) + ", its manifest says " + table.rows()));
        }
    }

    private static String less(long lost) {
        return lost == 0 ? "" : " and lost " + lost + " to erasures";
    }

    private void measure(
            TableContract contract, TableVersion table, TableReport claimed, long lost, List<Finding> findings) {
        TableReport measured = measure(contract, table);
        if (measured.rows().read() + lost != claimed.rows().published()) {
            findings.add(new Finding(
                    table.table().toString(),
                    "the release added " + measured.rows().read() + " rows" + less(lost) + ", its report says "
                            + claimed.rows().published()));
        }
        if (lost > 0) {
            return;
        }
        for (CheckResult check : claimed.checks()) {
            if (recomputable(contract, check)) {
                compare(check, measured, findings);
            }
        }
    }

    private TableReport measure(TableContract contract, TableVersion table) {
        CheckContext context = CheckContext.of(Spill.temporaryFolder(), Instant.now());
        try (TableCheck check = new TableCheck(recomputable(contract), table.schema(), context);
                BatchReader reader = lakehouse.read(table, new Scan(List.of(), null, true))) {
            RawBatch raw = new RawBatch();
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                refill(raw, batch);
                check.add(raw, (rows, selected, count) -> {}, row -> {});
            }
            check.finish((rows, selected, count) -> {}, row -> {});
            return check.judge(null, false);
        }
    }

    /** A table's rows as raw ones, which conform as they are. */
    private static void refill(RawBatch raw, Batch batch) {
        List<Field> fields = batch.schema().fields();
        RawColumn.Values[] columns = new RawColumn.Values[fields.size()];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = new RawColumn.Values();
            for (int row = 0; row < batch.size(); row++) {
                columns[column].set(row, batch.column(column).get(row));
            }
        }
        raw.startFile("", fields.stream().map(Field::name).toList(), columns);
        raw.clear();
        for (int row = 0; row < batch.size(); row++) {
            raw.addRow(row + 1L);
        }
    }

    private static boolean recomputable(TableContract contract, CheckResult check) {
        return contract.rules().stream()
                .anyMatch(rule -> isRecomputable(rule, contract) && rule.id().equals(check.id()));
    }

    /**
     * Metrics over the run's own rows; not those against history or time, nor those of engines that may not be here, nor those of
     * values that were not stored.
     */
    private static boolean isRecomputable(Rule rule, TableContract contract) {
        return rule instanceof Rule.Metric metric
                && metric.threshold().medianOf() == 0
                && contract.columns().stream()
                        .noneMatch(column -> column.isProtected()
                                && metric.measure().columns().contains(column.name()));
    }

    /** What replaced a protected column's values satisfies its type only. */
    private static ColumnContract stored(ColumnContract column) {
        return column.isProtected()
                ? new ColumnContract(
                        column.name(),
                        column.name(),
                        null,
                        column.type(),
                        column.required(),
                        Set.of(),
                        null,
                        column.zone(),
                        Limits.NONE,
                        column.children(),
                        null)
                : column;
    }

    private static TableContract recomputable(TableContract contract) {
        return new TableContract(
                contract.object(),
                contract.port(),
                contract.contractId(),
                contract.contractVersion(),
                contract.table(),
                contract.description(),
                contract.schema(),
                contract.columns().stream().map(Recomputation::stored).toList(),
                contract.partition(),
                contract.sort(),
                contract.maxQuarantined(),
                contract.rules().stream()
                        .filter(rule -> isRecomputable(rule, contract))
                        .toList());
    }

    private static void compare(CheckResult claimed, TableReport measured, List<Finding> findings) {
        Optional<CheckResult> again = measured.checks().stream()
                .filter(check -> check.id().equals(claimed.id()))
                .findFirst();
        boolean same = again.map(CheckResult::value)
                .filter(value -> claimed.value() != null && value.compareTo(claimed.value()) == 0)
                .isPresent();
        if (!same) {
            findings.add(new Finding(
                    claimed.object() + "." + claimed.id(),
                    "it measures "
                            + again.map(CheckResult::value)
                                    .map(Objects::toString)
                                    .orElse("nothing") + ", its report says " + claimed.value()));
        }
    }
}
