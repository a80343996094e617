package io.lakemesh.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that was set aside.
 *
 * @param file the input that it came from
 * @param line where it starts there, from 1
 * @param record its raw values by source column, as text; null values are absent
 * @param reasons every rule that it breaks
 */
public record QuarantinedRow(String file, long line, Map<String, String> record, List<Reason> reasons) {
    public QuarantinedRow {
        record = Map.copyOf(record);
        reasons = List.copyOf(reasons);
    }

    /**
     * Why a row was set aside.
     *
     * @param rule the rule's id, such as {@code age.maximum}
     * @param field the column; null for rules about whole rows
     * @param message in words, without the value
     */
    public record Reason(String rule, @Nullable String field, String message) {}
}
