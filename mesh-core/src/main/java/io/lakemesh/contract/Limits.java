package io.lakemesh.contract;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code logicalTypeOptions} asks of a value. Every component may be null or empty: nothing is asked. Null values satisfy
 * every limit.
 *
 * @param minimum inclusive, in the class of the column's type; likewise the other three bounds
 * @param pattern an RE2 expression that some part of the text must match, as ECMA-262's {@code test} does
 * @param format what a string or a number must look like; {@link StringFormat}, or an integer's or number's width
 *     ({@code i8} ... {@code u128}, {@code f32}, {@code f64})
 * @param minSize smallest length (code points), number of items or of properties
 * @param maxSize largest length (code points), number of items or of properties
 * @param uniqueItems whether an array's items must differ
 * @param requiredProperties names that an object must have
 */
public record Limits(
        @Nullable Object minimum,
        @Nullable Object exclusiveMinimum,
        @Nullable Object maximum,
        @Nullable Object exclusiveMaximum,
        @Nullable BigDecimal multipleOf,
        @Nullable String pattern,
        @Nullable String format,
        @Nullable Integer minSize,
        @Nullable Integer maxSize,
        boolean uniqueItems,
        List<String> requiredProperties) {
    public static final Limits NONE =
            new Limits(null, null, null, null, null, null, null, null, null, false, List.of());

    public Limits {
        requiredProperties = List.copyOf(requiredProperties);
    }

    /** The string formats that are checked; others in a contract are remarks, with a warning. */
    public enum StringFormat {
        EMAIL,
        UUID,
        URI,
        HOSTNAME,
        IPV4,
        IPV6,
        DATE,
        BYTE
    }
}
