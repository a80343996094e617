package io.lakemesh.iceberg.profile;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The smallest and the largest value, by whichever order its type has in the end. */
final class Extremes {
    private final Range<String> texts = new Range<String>(Comparator.naturalOrder());
    private final Range<BigDecimal> numbers = new Range<BigDecimal>(Comparator.naturalOrder());
    private final Range<OffsetDateTime> instants = new Range<>(OffsetDateTime.timeLineOrder());

    void add(Object value, String text, TypeInference types) {
        texts.add(text);
        if (types.couldBe(InferredType.NUMBER)) {
            numbers.add(new BigDecimal(text));
        }
        if (types.couldBe(InferredType.TIMESTAMP_WITH_OFFSET)) {
            instants.add(value instanceof OffsetDateTime instant ? instant : OffsetDateTime.parse(text));
        }
    }

    Optional<String> minimum(InferredType type) {
        return Optional.ofNullable(text(range(type).smallest));
    }

    Optional<String> maximum(InferredType type) {
        return Optional.ofNullable(text(range(type).largest));
    }

    private Range<?> range(InferredType type) {
        return switch (type) {
            case INTEGER, NUMBER -> numbers;
            case TIMESTAMP_WITH_OFFSET -> instants;
            default -> texts;
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value == null ? null : value.toString();
    }

    private static final class Range<T> {
        private final Comparator<T> order;
        private @Nullable T smallest;
        private @Nullable T largest;

        Range(Comparator<T> order) {
            this.order = order;
        }

        void add(T value) {
            T low = smallest;
            T high = largest;
            smallest = low == null || order.compare(value, low) < 0 ? value : low;
            largest = high == null || order.compare(value, high) > 0 ? value : high;
        }
    }
}
