package io.lakemesh.iceberg.profile;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.classify.Proposal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a source holds.
 *
 * @param source its name
 * @param rows rows that could be read
 * @param malformed rows that could not
 * @param personal what looks personal, by column; holds no values
 * @param inputs the files that were read
 */
public record Profile(
        String source,
        long rows,
        long malformed,
        List<ColumnProfile> columns,
        Map<String, Proposal> personal,
        List<InputEvidence> inputs) {
    public Profile {
        columns = List.copyOf(columns);
        personal = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(personal));
        inputs = List.copyOf(inputs);
    }
}
