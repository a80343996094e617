package io.lakemesh.predicate;

import io.lakemesh.batch.LongVector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles IN: a lookup where all options are literals that equality of objects can tell, otherwise one comparison each. */
final class Memberships {
    private Memberships() {}

    static Condition compile(io.lakemesh.predicate.Predicate.In in) {
        if (in.options().stream().allMatch(Value.Literal.class::isInstance)) {
            List<@Nullable Object> constants = in.options().stream()
                    .<@Nullable Object>map(option -> Operand.constant((Value.Literal) option))
                    .toList();
            return literals(in, constants);
        }
        return oneByOne(in);
    }

    private static Condition literals(io.lakemesh.predicate.Predicate.In in, List<@Nullable Object> constants) {
        int otherwise = constants.contains(null) ? Condition.UNKNOWN : Condition.FALSE;
        List<Object> present = constants.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        boolean ofLongs = Comparisons.isStoredAsLong(in.value().type()) && areAll(present, Long.class::isInstance);
        if (ofLongs && in.value() instanceof Value.Column column) {
            long[] sorted =
                    present.stream().mapToLong(Long.class::cast).sorted().toArray();
            return longs(column.position(), sorted, otherwise);
        }
        return ofLongs || areAll(present, String.class::isInstance)
                ? lookup(in.value(), present, otherwise)
                : oneByOne(in);
    }

    private static boolean areAll(List<Object> constants, Predicate<Object> test) {
        return constants.stream().allMatch(test);
    }

    private static Condition longs(int position, long[] sorted, int otherwise) {
        return (batch, row) -> {
            LongVector column = (LongVector) batch.column(position);
            if (column.isNull(row)) {
                return Condition.UNKNOWN;
            }
            return Arrays.binarySearch(sorted, column.value(row)) >= 0 ? Condition.TRUE : otherwise;
        };
    }

    private static Condition lookup(Value value, List<Object> constants, int otherwise) {
        Operand operand = Operand.of(value);
        Set<Object> options = constants.stream().collect(Collectors.toSet());
        return (batch, row) -> {
            Object found = operand.get(batch, row);
            if (found == null) {
                return Condition.UNKNOWN;
            }
            return options.contains(found) ? Condition.TRUE : otherwise;
        };
    }

    private static Condition oneByOne(io.lakemesh.predicate.Predicate.In in) {
        Operand operand = Operand.of(in.value());
        List<Operand> options = in.options().stream().map(Operand::of).toList();
        return (batch, row) -> {
            Object found = operand.get(batch, row);
            int result = found == null ? Condition.UNKNOWN : Condition.FALSE;
            for (int i = 0; found != null && i < options.size() && result != Condition.TRUE; i++) {
                Object option = options.get(i).get(batch, row);
                result = Math.max(
                        result,
                        option == null ? Condition.UNKNOWN : Condition.of(Ordering.compare(found, option) == 0));
            }
            return result;
        };
    }
}
