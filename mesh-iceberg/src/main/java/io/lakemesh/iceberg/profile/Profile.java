package io.lakemesh.iceberg.profile;

import io.lakemesh.batch.InputEvidence;
import java.util.List;

/**
 * What a source holds.
 *
 * @param source its name
 * @param rows rows that could be read
 * @param malformed rows that could not
 * @param inputs the files that were read
 */
public record Profile(
        String source, long rows, long malformed, List<ColumnProfile> columns, List<InputEvidence> inputs) {
    public Profile {
        columns = List.copyOf(columns);
        inputs = List.copyOf(inputs);
    }
}
