package io.lakemesh.predicate;

import io.lakemesh.predicate.Predicate.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds conditions that no row satisfies: by what their tests leave of each value. What it does not find may be one all the same. */
final class Contradiction {
    private Contradiction() {}

    static boolean isIn(Predicate predicate) {
        if (predicate instanceof Predicate.Or or) {
            return or.operands().stream().allMatch(Contradiction::isIn);
        }
        if (predicate instanceof Predicate.And and && and.operands().stream().anyMatch(Contradiction::isIn)) {
            return true;
        }
        Map<Value, Range> ranges = new HashMap<>();
        narrow(predicate, value -> ranges.computeIfAbsent(value, unknown -> new Range()));
        return ranges.values().stream().anyMatch(Range::isEmpty);
    }

    private static void narrow(Predicate test, Function<Value, Range> ranges) {
        if (test instanceof Predicate.And and) {
            and.operands().forEach(operand -> narrow(operand, ranges));
        } else if (test instanceof Predicate.Comparison comparison) {
            narrow(comparison, ranges);
        } else if (test instanceof Predicate.Between between) {
            narrow(new Predicate.Comparison(between.value(), Operator.GREATER_OR_EQUAL, between.low()), ranges);
            narrow(new Predicate.Comparison(between.value(), Operator.LESS_OR_EQUAL, between.high()), ranges);
        } else if (test instanceof Predicate.In in) {
            ranges.apply(in.value()).retain(in.options());
        } else if (test instanceof Predicate.IsNull isNull) {
            ranges.apply(isNull.value()).isNull = true;
        }
    }

    private static void narrow(Predicate.Comparison comparison, Function<Value, Range> ranges) {
        if (comparison.right() instanceof Value.Literal literal) {
            ranges.apply(comparison.left()).narrow(comparison.operator(), Operand.constant(literal));
        } else if (comparison.left() instanceof Value.Literal literal) {
            ranges.apply(comparison.right())
                    .narrow(Comparisons.mirrored(comparison.operator()), Operand.constant(literal));
        }
    }

    /** What may be left of one value. */
    private static final class Range {
        private final List<Bound> bounds = new ArrayList<>();
        private @Nullable List<Object> options;
        private boolean isCompared;
        private boolean isNull;

        private record Bound(Operator operator, Object constant) {
            boolean admits(Object value) {
                return Comparisons.holds(operator, Ordering.compare(value, constant));
            }

            private boolean isFrom() {
                return operator == Operator.GREATER || operator == Operator.GREATER_OR_EQUAL;
            }

            private boolean isTo() {
                return operator == Operator.LESS || operator == Operator.LESS_OR_EQUAL;
            }

            /** Whether nothing can be beyond this lower bound and below that upper one. */
            boolean passes(Bound upper) {
                int order = Ordering.compare(constant, upper.constant);
                boolean both = operator == Operator.GREATER_OR_EQUAL && upper.operator == Operator.LESS_OR_EQUAL;
                return both ? order > 0 : order >= 0;
            }
        }

        /** Nothing compares with NULL. */
        void narrow(Operator operator, @Nullable Object constant) {
            if (constant == null) {
                retain(List.of());
            } else if (operator == Operator.EQUAL) {
                retainConstants(List.of(constant));
            } else {
                isCompared = true;
                bounds.add(new Bound(operator, constant));
            }
        }

        void retain(List<Value> values) {
            isCompared = true;
            if (values.stream().allMatch(Value.Literal.class::isInstance)) {
                List<Object> constants = new ArrayList<>();
                for (Value value : values) {
                    Object constant = Operand.constant((Value.Literal) value);
                    if (constant != null) {
                        constants.add(constant);
                    }
                }
                retainConstants(constants);
            }
        }

        private void retainConstants(List<Object> constants) {
            isCompared = true;
            List<Object> before = options;
            options = before == null
                    ? constants
                    : before.stream()
                            .filter(known -> constants.stream().anyMatch(other -> Ordering.compare(known, other) == 0))
                            .toList();
        }

        boolean isEmpty() {
            if (isNull && isCompared) {
                return true;
            }
            return options == null
                    ? bounds.stream().filter(Bound::isFrom).anyMatch(from -> bounds.stream()
                            .filter(Bound::isTo)
                            .anyMatch(from::passes))
                    : options.stream().noneMatch(option -> bounds.stream().allMatch(bound -> bound.admits(option)));
        }
    }
}
