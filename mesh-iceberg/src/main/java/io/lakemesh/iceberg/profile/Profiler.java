package io.lakemesh.iceberg.profile;

import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.classify.TableSample;
import io.lakemesh.document.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/** Profiles raw data in one pass and constant memory, by sketches where counting would need more. */
public final class Profiler {
    private final Map<String, ColumnProfiler> columns = new LinkedHashMap<>();
    private final TableSample sample = new TableSample();
    private long rows;
    private long malformed;

    private Profiler() {}

    /**
     * Reads a source to its end.
     *
     * @throws io.lakemesh.error.InvalidInputException if it cannot be read as a whole
     */
    public static Profile profile(RecordSource source) {
        Profiler profiler = new Profiler();
        try (RecordReader reader = source.open()) {
            RawBatch batch = new RawBatch();
            while (reader.read(batch)) {
                profiler.add(batch);
            }
            return new Profile(
                    source.name(),
                    profiler.rows,
                    profiler.malformed,
                    profiler.columns.values().stream()
                            .map(column -> column.result(profiler.rows))
                            .toList(),
                    profiler.sample.proposals(),
                    reader.evidence());
        }
    }

    /**
     * Drafts an ODCS contract that the profiled data passes: types, required columns, ranges, value lists, shares of nulls. A
     * person should read it before it becomes a promise. Columns that look personal get a classification.
     *
     * @param id the contract's id
     * @param object the name of its one table
     */
    public static Node.Mapping draftContract(Profile profile, String id, String object) {
        return new ContractDraft(profile).contract(id, object);
    }

    /** The same as YAML, with the reason of each classification as a comment. */
    public static String draftYaml(Profile profile, String id, String object) {
        return new ContractDraft(profile).yaml(id, object);
    }

    private void add(RawBatch batch) {
        int good = 0;
        for (int row = 0; row < batch.size(); row++) {
            good += batch.malformed(row) == null ? 1 : 0;
        }
        for (int i = 0; i < batch.names().size(); i++) {
            columns.computeIfAbsent(batch.names().get(i), name -> new ColumnProfiler(name, sample.column(name)))
                    .add(batch, i);
        }
        rows += good;
        malformed += batch.size() - good;
    }
}
