package io.lakemesh.run;

import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.check.CheckContext;
import io.lakemesh.check.ExistingRows;
import io.lakemesh.check.QuarantineSink;
import io.lakemesh.check.RowSink;
import io.lakemesh.check.TableCheck;
import io.lakemesh.check.TableReport;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.Problem;
import io.lakemesh.provenance.Input;
import io.lakemesh.provenance.TableVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One table's part of a run: its sources are read once, its good and bad rows staged, and judged. Not thread-safe. */
final class TableRun implements AutoCloseable {
    private final TableContract contract;
    private final TableCheck check;
    private final StagedTable staged;
    private final @Nullable StagedQuarantine quarantine;
    private final RowSink good;
    private final QuarantineSink bad;
    private final UndeclaredColumns undeclared;
    private final List<Input> inputs = new ArrayList<>();

    private TableRun(
            TableContract contract,
            TableCheck check,
            StagedTable staged,
            RowSink good,
            @Nullable StagedQuarantine quarantine,
            UndeclaredColumns undeclared) {
        this.contract = contract;
        this.check = check;
        this.staged = staged;
        this.quarantine = quarantine;
        this.undeclared = undeclared;
        this.good = undeclared.watching(good);
        this.bad = quarantine == null ? row -> {} : quarantine;
    }

    /** A run whose rows are staged under an attempt's name. */
    static TableRun staging(
            TableContract contract,
            Lakehouse lakehouse,
            String attempt,
            CheckContext context,
            UndeclaredColumns undeclared) {
        StagedTable staged = lakehouse.stage(contract, attempt);
        StagedQuarantine quarantine = lakehouse.stageQuarantine(contract, attempt);
        return new TableRun(
                contract, new TableCheck(contract, staged.schema(), context), staged, staged, quarantine, undeclared);
    }

    /** A run that only judges. It stages rows where their partitions decide which rows stay, and is to be discarded. */
    static TableRun checking(
            TableContract contract,
            Lakehouse lakehouse,
            String attempt,
            Mode mode,
            CheckContext context,
            UndeclaredColumns undeclared) {
        StagedTable staged = lakehouse.stage(contract, attempt);
        RowSink good = mode == Mode.OVERWRITE_PARTITIONS ? staged : (batch, selected, count) -> {};
        return new TableRun(
                contract, new TableCheck(contract, staged.schema(), context), staged, good, null, undeclared);
    }

    void read(List<RecordSource> sources, Progress progress) {
        long read = 0;
        RawBatch raw = new RawBatch();
        for (RecordSource source : sources) {
            try (RecordReader reader = source.open()) {
                while (reader.read(raw)) {
                    check.add(raw, good, bad);
                    read += raw.size();
                    progress.read(contract.object(), read);
                }
                reader.evidence().forEach(evidence -> inputs.add(new Input(contract.object(), evidence)));
            }
        }
        check.finish(good, bad);
        staged.finish();
    }

    TableReport judge(@Nullable ExistingRows existing, Mode mode) {
        return check.judge(existing, mode == Mode.UPSERT);
    }

    TableContract contract() {
        return contract;
    }

    List<Input> inputs() {
        return inputs;
    }

    /** Columns that look personal and are not declared so: a warning each, or an error if the mesh's policy refuses them. */
    List<Problem> undeclared() {
        return undeclared.problems();
    }

    /** What people should know about how the sources' columns were read, and about what they hold. */
    List<String> notes() {
        return Stream.concat(
                        check.notes().stream().map(note -> contract.object() + ": " + note),
                        undeclared().stream().map(Problem::toString))
                .toList();
    }

    StagedTable staged() {
        return staged;
    }

    Publication.Change write(Mode mode) {
        return new Publication.Change.Write(contract, staged, mode);
    }

    /** Makes the rows that were set aside visible under the run's id. */
    Optional<TableVersion> commitQuarantine(String runId, Deadline deadline) {
        return quarantine == null ? Optional.empty() : quarantine.commit(runId, deadline);
    }

    void discardQuarantine() {
        if (quarantine != null) {
            quarantine.discard();
        }
    }

    void discardStaged() {
        staged.discard();
    }

    @Override
    public void close() {
        check.close();
        if (quarantine != null) {
            quarantine.close();
        }
        staged.close();
    }
}
