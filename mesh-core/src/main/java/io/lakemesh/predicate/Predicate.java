package io.lakemesh.predicate;

import java.util.List;

/**
 * A condition over a row, in SQL's three-valued logic. Immutable; {@code toString()} gives a text that parses to an equal tree.
 *
 * <p>Columns are typed when the text is parsed, so that evaluating and rendering need no further look at a schema.
 */
public sealed interface Predicate {
    /** True if every operand is; two operands or more. */
    record And(List<Predicate> operands) implements Predicate {
        public And {
            operands = List.copyOf(operands);
            if (operands.size() < 2) {
                throw new IllegalArgumentException("Invalid operands: at least two, not " + operands.size());
            }
        }

        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** True if any operand is; two operands or more. */
    record Or(List<Predicate> operands) implements Predicate {
        public Or {
            operands = List.copyOf(operands);
            if (operands.size() < 2) {
                throw new IllegalArgumentException("Invalid operands: at least two, not " + operands.size());
            }
        }

        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** True if its operand is false; unknown stays unknown. */
    record Not(Predicate operand) implements Predicate {
        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** Two values of comparable types. */
    record Comparison(Value left, Operator operator, Value right) implements Predicate {
        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** One of the listed values, as a chain of {@code =} joined by {@code or}. */
    record In(Value value, List<Value> options) implements Predicate {
        public In {
            options = List.copyOf(options);
            if (options.isEmpty()) {
                throw new IllegalArgumentException("Invalid options: at least one");
            }
        }

        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** Inclusive on both sides, as in SQL. */
    record Between(Value value, Value low, Value high) implements Predicate {
        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** True or false, never unknown. */
    record IsNull(Value value) implements Predicate {
        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** SQL's LIKE: {@code %} any text, {@code _} one character, {@code \} makes the next one literal. */
    record Like(Value value, String pattern) implements Predicate {
        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** Some part of the text matches an RE2 expression; anchor it to match the whole. */
    record Matches(Value value, String pattern) implements Predicate {
        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** A boolean column or function as a condition, or the constants TRUE and FALSE. */
    record Truth(Value value) implements Predicate {
        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** How two values compare. */
    enum Operator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        @Override
        public String toString() {
            return symbol;
        }
    }
}
