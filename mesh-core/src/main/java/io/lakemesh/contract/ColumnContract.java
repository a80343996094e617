package io.lakemesh.contract;

import io.lakemesh.schema.DataType;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a column, or a part of a nested one, is read from raw input and what its values must satisfy.
 *
 * @param name the name in the table
 * @param sourceName the name in raw input
 * @param renamedFrom the name in earlier versions of the contract; null if it was not renamed
 * @param type the type in the table
 * @param required whether null is refused
 * @param nullTokens texts that are read as null
 * @param format a {@code DateTimeFormatter} pattern of dates, times and timestamps; null for ISO 8601
 * @param zone the zone of timestamps whose text has none
 * @param limits from {@code logicalTypeOptions}
 * @param children of a struct its fields; of a list its element; of a map its key and value; otherwise empty
 * @param classification the contract's {@code classification}; null for none
 * @param protection what is stored in the place of its values; null for the values themselves
 */
public record ColumnContract(
        String name,
        String sourceName,
        @Nullable String renamedFrom,
        DataType type,
        boolean required,
        Set<String> nullTokens,
        @Nullable String format,
        ZoneId zone,
        Limits limits,
        List<ColumnContract> children,
        @Nullable String classification,
        @Nullable Protection protection) {
    public ColumnContract {
        nullTokens = Set.copyOf(nullTokens);
        children = List.copyOf(children);
    }

    /** A column whose values are stored as they are. */
    public ColumnContract(
            String name,
            String sourceName,
            @Nullable String renamedFrom,
            DataType type,
            boolean required,
            Set<String> nullTokens,
            @Nullable String format,
            ZoneId zone,
            Limits limits,
            List<ColumnContract> children,
            @Nullable String classification) {
        this(
                name,
                sourceName,
                renamedFrom,
                type,
                required,
                nullTokens,
                format,
                zone,
                limits,
                children,
                classification,
                null);
    }

    /** Whether files have something else than its values. */
    public boolean isProtected() {
        return protection != null;
    }
}
