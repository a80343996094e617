package io.lakemesh.predicate;

import com.google.re2j.Pattern;
import io.lakemesh.batch.Batch;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a predicate over batches; compiled once, used for many rows. Stateless, so many threads may share one.
 *
 * <p>Logic is three-valued: a row passes only where the condition is true, not where it is unknown.
 */
public final class Evaluator {
    private final Condition condition;

    private Evaluator(Condition condition) {
        this.condition = condition;
    }

    /** Compiles a predicate that was parsed against the schema of the batches to come. */
    public static Evaluator of(Predicate predicate) {
        return new Evaluator(compile(predicate));
    }

    /** Whether the condition is true of a row: neither false nor unknown. */
    public boolean isTrue(Batch batch, int row) {
        return condition.test(batch, row) == Condition.TRUE;
    }

    private static Condition compile(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return all(compile(and.operands()));
        }
        if (predicate instanceof Predicate.Or or) {
            return any(compile(or.operands()));
        }
        if (predicate instanceof Predicate.Not not) {
            Condition operand = compile(not.operand());
            return (batch, row) -> -operand.test(batch, row);
        }
        return test(predicate);
    }

    private static Condition[] compile(List<Predicate> operands) {
        return operands.stream().map(Evaluator::compile).toArray(Condition[]::new);
    }

    private static Condition all(Condition[] operands) {
        return (batch, row) -> {
            int result = Condition.TRUE;
            for (int i = 0; i < operands.length && result != Condition.FALSE; i++) {
                result = Math.min(result, operands[i].test(batch, row));
            }
            return result;
        };
    }

    private static Condition any(Condition[] operands) {
        return (batch, row) -> {
            int result = Condition.FALSE;
            for (int i = 0; i < operands.length && result != Condition.TRUE; i++) {
                result = Math.max(result, operands[i].test(batch, row));
            }
            return result;
        };
    }

    private static Condition test(Predicate predicate) {
        if (predicate instanceof Predicate.Comparison comparison) {
            return Comparisons.compile(comparison.left(), comparison.operator(), comparison.right());
        }
        if (predicate instanceof Predicate.In in) {
            return Memberships.compile(in);
        }
        if (predicate instanceof Predicate.Between between) {
            return all(new Condition[] {
                Comparisons.compile(between.value(), Predicate.Operator.GREATER_OR_EQUAL, between.low()),
                Comparisons.compile(between.value(), Predicate.Operator.LESS_OR_EQUAL, between.high())
            });
        }
        if (predicate instanceof Predicate.IsNull isNull) {
            return nullTest(isNull.value());
        }
        if (predicate instanceof Predicate.Like like) {
            Pattern pattern = LikePattern.compile(like.pattern());
            return text(like.value(), pattern::matches);
        }
        if (predicate instanceof Predicate.Matches matches) {
            Pattern pattern = Pattern.compile(matches.pattern());
            return text(matches.value(), text -> pattern.matcher(text).find());
        }
        Operand operand = Operand.of(((Predicate.Truth) predicate).value());
        return (batch, row) -> truth(operand.get(batch, row));
    }

    private static int truth(@Nullable Object value) {
        return value == null ? Condition.UNKNOWN : Condition.of((Long) value != 0);
    }

    private static Condition nullTest(Value value) {
        if (value instanceof Value.Column column) {
            int position = column.position();
            return (batch, row) -> Condition.of(batch.column(position).isNull(row));
        }
        Operand operand = Operand.of(value);
        return (batch, row) -> Condition.of(operand.get(batch, row) == null);
    }

    private static Condition text(Value value, Function<String, Boolean> test) {
        Operand operand = Operand.of(value);
        return (batch, row) -> {
            Object text = operand.get(batch, row);
            return text == null ? Condition.UNKNOWN : Condition.of(test.apply((String) text));
        };
    }
}
