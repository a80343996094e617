package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.check.CheckResult.Outcome;
import io.lakemesh.check.QuarantinedRow.Reason;
import io.lakemesh.contract.TableContract;
import io.lakemesh.protect.ProtectedColumns;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.spill.Spill;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conforms a run's raw rows to a table's contract and judges them: rows that cannot be read, that break {@code required}, their
 * type or their limits, or that a rule quarantines, are set aside; rules are judged over the others. One pass, constant memory
 * (a bit a row where rules need it). Not thread-safe.
 *
 * <p>Rules see values as they were read. What goes on to sinks has protected columns' values replaced; uniqueness is told from what
 * replaced them, since that is all that there is of the rows that stay.
 *
 * <p>Blanks around numbers, dates, booleans and the like don't count; text is kept as it stands. NaN and infinities are no numbers.
 * Rules see a row only if all of its values conform.
 */
public final class TableCheck implements AutoCloseable {
    static final String MALFORMED = "row.malformed";

    private final TableContract contract;
    private final ProtectedColumns protection;
    private final Spill spill;
    private final RuleChecks rules;
    private final List<ColumnConformer> columns;
    private final List<QuarantineRule> quarantines;
    private final @Nullable HeldRows held;
    private final Batch batch;
    private final RowProblems problems = new RowProblems();
    private final int[] selected = new int[Batch.CAPACITY];
    private final Map<String, Long> reasons = new HashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private @Nullable SourceMapping mapping;
    private long read;
    private long quarantined;

    /**
     * Prepares a check.
     *
     * @param schema the contract's columns, with the field ids of the batches that go out
     * @throws io.lakemesh.error.InvalidInputException if a rule asks for what is not there, such as a quality engine
     */
    public TableCheck(TableContract contract, TableSchema schema, CheckContext context) {
        if (!names(schema).equals(names(contract.schema()))) {
            throw new IllegalArgumentException("Invalid schema: " + names(schema) + " are not the columns of "
                    + contract.object() + ", " + names(contract.schema()));
        }
        this.contract = contract;
        this.protection = ProtectedColumns.of(contract, context.protectors());
        this.spill = protection.any() ? Spill.sealed(context.spill()) : new Spill(context.spill());
        this.columns = contract.columns().stream().map(ColumnConformer::new).toList();
        QuarantineRules quarantine = QuarantineRules.of(contract, context, spill);
        this.rules = new RuleChecks(contract, schema, context, spill, protection, quarantine.settled());
        this.quarantines = quarantine.immediate();
        this.held = quarantine.deferred().isEmpty() ? null : new HeldRows(quarantine.deferred(), spill);
        this.batch = new Batch(schema);
    }

    private static List<String> names(TableSchema schema) {
        return schema.fields().stream().map(Field::name).toList();
    }

    /** Conforms and checks; good rows go on to {@code good} in this same pass, bad ones to {@code bad}. */
    public void add(RawBatch raw, RowSink good, QuarantineSink bad) {
        SourceMapping source = mapping(raw);
        conform(raw, source);
        int count = problems.selectGood(raw.size(), selected);
        for (QuarantineRule rule : quarantines) {
            rule.apply(batch, selected, count, problems);
        }
        setAside(raw, source, bad);
        read += raw.size();
        int left = problems.selectGood(raw.size(), selected);
        if (held == null) {
            publish(batch, selected, left, good);
        } else {
            held.add(raw, source, batch, selected, left);
        }
    }

    private SourceMapping mapping(RawBatch raw) {
        if (mapping == null || !mapping.isOf(raw)) {
            mapping = SourceMapping.of(contract.columns(), raw, protection);
            mapping.note().ifPresent(notes::add);
        }
        return mapping;
    }

    private void conform(RawBatch raw, SourceMapping source) {
        problems.clear();
        for (int row = 0; row < raw.size(); row++) {
            String malformed = raw.malformed(row);
            if (malformed != null) {
                problems.add(row, List.of(new Reason(MALFORMED, null, malformed)));
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).conform(raw, source.column(raw, i), batch.column(i), problems);
        }
        batch.setSize(raw.size());
    }

    private void setAside(RawBatch raw, SourceMapping source, QuarantineSink bad) {
        if (!problems.any()) {
            return;
        }
        for (int row = 0; row < raw.size(); row++) {
            if (problems.has(row)) {
                Map<String, String> record = raw.malformed(row) == null ? source.record(raw, row) : Map.of();
                setAside(new QuarantinedRow(raw.file(), raw.line(row), record, problems.of(row)), bad);
            }
        }
    }

    private void setAside(QuarantinedRow row, QuarantineSink bad) {
        quarantined++;
        row.reasons().stream().map(Reason::rule).distinct().forEach(rule -> reasons.merge(rule, 1L, Long::sum));
        bad.write(row);
    }

    private void publish(Batch rows, int[] positions, int count, RowSink good) {
        if (count > 0) {
            rules.add(rows, positions, count);
            protection.protect(rows, positions, count);
            rules.addStored(rows, positions, count);
            good.write(rows, positions, count);
        }
    }

    /** Ends the input: sets aside what deferred quarantine rules ask for and hands over what was held back. Called once. */
    public void finish(RowSink good, QuarantineSink bad) {
        if (held != null) {
            held.settle();
            held.release(
                    batch,
                    (rows, positions, count) -> publish(rows, positions, count, good),
                    row -> setAside(row, bad));
        }
    }

    /**
     * The verdict, after {@link #finish}. Can be called again with another state of the table after a conflict.
     *
     * @param existing the table's rows that stay; null for none
     * @param replacedByKey whether those of them whose primary key the run has are replaced
     */
    public TableReport judge(@Nullable ExistingRows existing, boolean replacedByKey) {
        long left = read - quarantined;
        List<CheckResult> checks = new ArrayList<>(rules.judge(left, existing, replacedByKey));
        checks.add(share());
        boolean refused = checks.stream().anyMatch(check -> check.outcome() == Outcome.FAILED);
        RowCounts rows = new RowCounts(read, refused ? 0 : left, quarantined, refused ? left : 0);
        return new TableReport(contract.object(), rows, checks, reasons);
    }

    private CheckResult share() {
        BigDecimal share = read == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(quarantined).divide(BigDecimal.valueOf(read), MathContext.DECIMAL64);
        BigDecimal limit = BigDecimal.valueOf(contract.maxQuarantined());
        boolean holds = share.compareTo(limit) <= 0;
        return new CheckResult(
                "maxQuarantined",
                contract.object(),
                "quarantinedShare",
                share,
                "<= " + limit.toPlainString(),
                holds ? Outcome.PASSED : Outcome.FAILED,
                "error",
                null);
    }

    /** What the caller should pass on to people: how the files' columns were read. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Removes what was spilled. */
    @Override
    public void close() {
        rules.close();
        if (held != null) {
            held.close();
        }
        spill.close();
    }
}
