package io.lakemesh.predicate;

import java.util.List;
import java.util.function.Function;

/** Puts other values in the place of those of a predicate. */
final class Rewriter {
    private final Function<Value, List<Value>> rule;

    /**
     * Rewrites by a rule.
     *
     * @param rule what takes a column's, a literal's or an attribute's place: one value, in a list of IN also several
     */
    Rewriter(Function<Value, List<Value>> rule) {
        this.rule = rule;
    }

    Predicate rewrite(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return new Predicate.And(and.operands().stream().map(this::rewrite).toList());
        }
        if (predicate instanceof Predicate.Or or) {
            return new Predicate.Or(or.operands().stream().map(this::rewrite).toList());
        }
        return predicate instanceof Predicate.Not not ? new Predicate.Not(rewrite(not.operand())) : test(predicate);
    }

    private Predicate test(Predicate test) {
        if (test instanceof Predicate.Comparison comparison) {
            return new Predicate.Comparison(one(comparison.left()), comparison.operator(), one(comparison.right()));
        }
        if (test instanceof Predicate.In in) {
            return new Predicate.In(one(in.value()), all(in.options()));
        }
        if (test instanceof Predicate.Between between) {
            return new Predicate.Between(one(between.value()), one(between.low()), one(between.high()));
        }
        if (test instanceof Predicate.IsNull isNull) {
            return new Predicate.IsNull(one(isNull.value()));
        }
        if (test instanceof Predicate.Like like) {
            return new Predicate.Like(one(like.value()), like.pattern());
        }
        return test instanceof Predicate.Matches matches
                ? new Predicate.Matches(one(matches.value()), matches.pattern())
                : new Predicate.Truth(one(((Predicate.Truth) test).value()));
    }

    private List<Value> all(List<Value> values) {
        return values.stream().flatMap(value -> rewritten(value).stream()).toList();
    }

    private Value one(Value value) {
        List<Value> values = rewritten(value);
        if (values.size() != 1) {
            throw new IllegalArgumentException("Invalid rewriting: " + value + " cannot become " + values);
        }
        return values.get(0);
    }

    private List<Value> rewritten(Value value) {
        return value instanceof Value.Call call
                ? List.of(new Value.Call(call.function(), all(call.arguments()), call.type()))
                : rule.apply(value);
    }
}
