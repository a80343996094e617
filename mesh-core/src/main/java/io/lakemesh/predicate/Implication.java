package io.lakemesh.predicate;

import io.lakemesh.predicate.Predicate.Comparison;
import io.lakemesh.predicate.Predicate.Operator;
import io.lakemesh.schema.DataType.Primitive;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether the rows of some conditions are among those of others, as far as that can be told from their form: true is certain, false
 * means that it is not known.
 */
public final class Implication {
    /** Columns are the same by their names, wherever they stand. */
    private static final Rewriter BY_NAME = new Rewriter(value ->
            List.of(value instanceof Value.Column column ? new Value.Column(column.name(), 0, column.type()) : value));

    private Implication() {}

    /** Whether every row for which all of the first are true passes all of the second, for whatever subject. */
    public static boolean holds(Collection<Predicate> all, Collection<Predicate> others) {
        List<Predicate> known = conjuncts(all);
        return conjuncts(others).stream().allMatch(other -> follows(known, other));
    }

    private static List<Predicate> conjuncts(Collection<Predicate> predicates) {
        return predicates.stream()
                .map(BY_NAME::rewrite)
                .map(Implication::normal)
                .flatMap(Implication::conjuncts)
                .toList();
    }

    private static Stream<Predicate> conjuncts(Predicate normal) {
        return normal instanceof Predicate.And and ? and.operands().stream() : Stream.of(normal);
    }

    private static boolean follows(List<Predicate> known, Predicate other) {
        return other.equals(truth(true)) || known.stream().anyMatch(one -> implies(one, other));
    }

    private static boolean implies(Predicate one, Predicate other) {
        if (one.equals(other) || one.equals(truth(false))) {
            return true;
        }
        if (one instanceof Predicate.Or or) {
            return or.operands().stream().allMatch(operand -> implies(operand, other));
        }
        if (other instanceof Predicate.And and) {
            return and.operands().stream().allMatch(operand -> implies(one, operand));
        }
        if (one instanceof Predicate.And and && and.operands().stream().anyMatch(operand -> implies(operand, other))) {
            return true;
        }
        if (other instanceof Predicate.Or or) {
            return or.operands().stream().anyMatch(operand -> implies(one, operand));
        }
        return tests(one, other);
    }

    private static boolean tests(Predicate one, Predicate other) {
        if (one instanceof Predicate.In few && other instanceof Predicate.In many) {
            return isAmong(few, many);
        }
        if (one instanceof Predicate.Not many && other instanceof Predicate.Not few) {
            return many.operand() instanceof Predicate.In some
                    && few.operand() instanceof Predicate.In less
                    && isAmong(less, some);
        }
        return one instanceof Comparison narrow && other instanceof Comparison wide && isBeyond(narrow, wide);
    }

    private static boolean isAmong(Predicate.In few, Predicate.In many) {
        return few.value().equals(many.value()) && new HashSet<>(many.options()).containsAll(few.options());
    }

    /** {@code x < 5} implies {@code x < 7} and {@code x <= 5}. */
    private static boolean isBeyond(Comparison narrow, Comparison wide) {
        if (!narrow.left().equals(wide.left())
                || direction(narrow.operator()) == 0
                || direction(narrow.operator()) != direction(wide.operator())
                || !(narrow.right() instanceof Value.Literal one)
                || !(wide.right() instanceof Value.Literal other)
                || one.value() == null
                || other.value() == null) {
            return false;
        }
        int order = direction(narrow.operator())
                * Ordering.compare(
                        Objects.requireNonNull(Operand.constant(one)), Objects.requireNonNull(Operand.constant(other)));
        return order > 0 || (order == 0 && isInclusive(wide.operator()));
    }

    private static int direction(Operator operator) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> 0;
            case LESS, LESS_OR_EQUAL -> -1;
            case GREATER, GREATER_OR_EQUAL -> 1;
        };
    }

    private static boolean isInclusive(Operator operator) {
        return operator == Operator.LESS_OR_EQUAL || operator == Operator.GREATER_OR_EQUAL;
    }

    /** The same condition in the form that conditions of the same meaning share most often. */
    private static Predicate normal(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return joined(and.operands(), Implication::conjuncts, Predicate.And::new);
        }
        if (predicate instanceof Predicate.Or or) {
            return joined(
                    or.operands(),
                    operand -> operand instanceof Predicate.Or inner ? inner.operands().stream() : Stream.of(operand),
                    Predicate.Or::new);
        }
        if (predicate instanceof Predicate.Not not) {
            Predicate operand = normal(not.operand());
            return operand instanceof Predicate.Not twice ? twice.operand() : new Predicate.Not(operand);
        }
        return normalTest(predicate);
    }

    private static Predicate joined(
            List<Predicate> operands,
            Function<Predicate, Stream<Predicate>> flat,
            Function<List<Predicate>, Predicate> join) {
        List<Predicate> all = operands.stream()
                .map(Implication::normal)
                .flatMap(flat)
                .distinct()
                .sorted(Comparator.comparing(Predicate::toString))
                .toList();
        return all.size() == 1 ? all.get(0) : join.apply(all);
    }

    /** Equality is membership of one, and BETWEEN two comparisons. */
    private static Predicate normalTest(Predicate test) {
        if (test instanceof Predicate.Between between) {
            return normal(new Predicate.And(List.of(
                    new Comparison(between.value(), Operator.GREATER_OR_EQUAL, between.low()),
                    new Comparison(between.value(), Operator.LESS_OR_EQUAL, between.high()))));
        }
        if (test instanceof Predicate.In in) {
            return new Predicate.In(
                    in.value(),
                    in.options().stream()
                            .distinct()
                            .sorted(Comparator.comparing(Value::toString))
                            .toList());
        }
        return test instanceof Comparison comparison ? normal(comparison) : test;
    }

    private static Predicate normal(Comparison comparison) {
        Value first = comparison.left();
        Value second = comparison.right();
        if (first instanceof Value.Literal && !(second instanceof Value.Literal)) {
            return normal(new Comparison(second, Comparisons.mirrored(comparison.operator()), first));
        }
        Predicate.In membership = new Predicate.In(first, List.of(second));
        return switch (comparison.operator()) {
            case EQUAL -> membership;
            case NOT_EQUAL -> new Predicate.Not(membership);
            default -> comparison;
        };
    }

    private static Predicate truth(boolean value) {
        return new Predicate.Truth(new Value.Literal(value, Primitive.BOOLEAN));
    }
}
