package io.lakemesh.classify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Samples of a table's columns, and what they look like. Not thread-safe. */
public final class TableSample {
    private final Map<String, ColumnSample> columns = new LinkedHashMap<>();

    /** The sample of a column. */
    public ColumnSample column(String name) {
        return columns.computeIfAbsent(name, ColumnSample::new);
    }

    /** What looks personal, by column. */
    public Map<String, Proposal> proposals() {
        Map<String, Proposal> coordinates = Coordinates.proposals(columns);
        Map<String, Proposal> proposals = new LinkedHashMap<>();
        columns.forEach((name, sample) -> Optional.ofNullable(coordinates.get(name))
                .or(() -> ColumnProposal.of(sample))
                .ifPresent(proposal -> proposals.put(name, proposal)));
        return proposals;
    }
}
