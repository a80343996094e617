package io.lakemesh.iceberg.profile;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a raw file holds. Holds values of it: for the file's owner only, not for logs.
 *
 * @param name as in the file
 * @param nulls rows without a value
 * @param distinct how many different values there are: exact up to {@value #EXACT_VALUES}, beyond that an estimate (HyperLogLog, within
 *     about 3%)
 * @param minimum the smallest value as text (by number or time, where the type is one); null without values
 * @param shortest length of the shortest text, in code points
 * @param quantiles of numbers, by rank (KLL, within about 1.4% of rank); empty for other types
 * @param topValues the most frequent values, as far as they stand out, with lower bounds of their counts, most frequent first
 * @param values every value with its count, if they are few and short; empty otherwise
 * @param isUuid whether every value is a UUID
 */
public record ColumnProfile(
        String name,
        InferredType type,
        long rows,
        long nulls,
        long distinct,
        @Nullable String minimum,
        @Nullable String maximum,
        int shortest,
        int longest,
        SortedMap<Double, Double> quantiles,
        List<TopValue> topValues,
        Map<String, Long> values,
        boolean isUuid) {
    /** Up to so many distinct values are counted one by one. */
    public static final int EXACT_VALUES = 50;

    public ColumnProfile {
        quantiles = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(quantiles));
        topValues = List.copyOf(topValues);
        values = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(values));
    }

    /** A value and at least how often it comes. */
    public record TopValue(String value, long count) {}

    /** 0 to 1; 0 without rows. */
    public double nullShare() {
        return rows == 0 ? 0 : (double) nulls / rows;
    }
}
