package io.lakemesh.steward;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sync did.
 *
 * @param rows how many rows each table got, by the table's name
 * @param left what could not be read, and so was left out: one message each
 */
public record SyncResult(Map<String, Long> rows, List<String> left) {
    public SyncResult {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
        left = List.copyOf(left);
    }
}
