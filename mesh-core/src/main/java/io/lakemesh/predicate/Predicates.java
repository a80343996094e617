package io.lakemesh.predicate;

import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.stream.Stream;

/** Parses the predicate language, and looks into its trees. */
public final class Predicates {
    private Predicates() {}

    /**
     * Parses a condition over a table's columns and types it.
     *
     * <p>Names are found exactly, or without regard to case where only one column fits. Literals take the type of what they are
     * compared with. At most 65,536 characters and 64 levels.
     *
     * @throws io.lakemesh.error.InvalidInputException with the position in the text, what was expected and what was found
     */
    public static Predicate parse(String text, TableSchema schema) {
        return new PredicateParser(Lexer.tokens(text), schema).parse();
    }

    /** The columns that a condition mentions, each once, in the order of mention. */
    public static List<Value.Column> columns(Predicate predicate) {
        return columnsOf(predicate).distinct().toList();
    }

    private static Stream<Value.Column> columnsOf(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return and.operands().stream().flatMap(Predicates::columnsOf);
        }
        if (predicate instanceof Predicate.Or or) {
            return or.operands().stream().flatMap(Predicates::columnsOf);
        }
        return predicate instanceof Predicate.Not not
                ? columnsOf(not.operand())
                : values(predicate).flatMap(Predicates::columnsOf);
    }

    private static Stream<Value> values(Predicate test) {
        if (test instanceof Predicate.Comparison comparison) {
            return Stream.of(comparison.left(), comparison.right());
        }
        if (test instanceof Predicate.In in) {
            return Stream.concat(Stream.of(in.value()), in.options().stream());
        }
        if (test instanceof Predicate.Between between) {
            return Stream.of(between.value(), between.low(), between.high());
        }
        if (test instanceof Predicate.IsNull isNull) {
            return Stream.of(isNull.value());
        }
        if (test instanceof Predicate.Like like) {
            return Stream.of(like.value());
        }
        return Stream.of(
                test instanceof Predicate.Matches matches ? matches.value() : ((Predicate.Truth) test).value());
    }

    private static Stream<Value.Column> columnsOf(Value value) {
        if (value instanceof Value.Call call) {
            return call.arguments().stream().flatMap(Predicates::columnsOf);
        }
        return value instanceof Value.Column column ? Stream.of(column) : Stream.empty();
    }
}
