package io.lakemesh.predicate;

import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
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
        return new PredicateParser(Lexer.tokens(text), schema, false).parse();
    }

    /**
     * Parses a row filter: a condition that may compare texts with {@code subject.name}, an attribute of whoever asks. Throws as
     * {@link #parse} does.
     */
    public static Predicate parseRowFilter(String text, TableSchema schema) {
        Predicate rowFilter = new PredicateParser(Lexer.tokens(text), schema, true).parse();
        ExactNumbers.requireComparable(rowFilter);
        return rowFilter;
    }

    /** Throws as {@link #parseRowFilter} does of a text that no table has the columns for. */
    public static void requireRowFilter(String text) {
        new PredicateParser(Lexer.tokens(text), null, true).parse();
    }

    /**
     * A row filter for one subject.
     *
     * @param attributes the values of each attribute; one that has none is NULL, so that nothing compares with it
     */
    public static Predicate bind(Predicate rowFilter, Function<String, List<String>> attributes) {
        return new Rewriter(value -> value instanceof Value.Attribute attribute
                        ? literals(attributes.apply(attribute.name()))
                        : List.of(value))
                .rewrite(rowFilter);
    }

    private static List<Value> literals(List<String> texts) {
        return texts.isEmpty()
                ? List.of(new Value.Literal(null, Primitive.STRING))
                : texts.stream()
                        .map(text -> (Value) new Value.Literal(text, Primitive.STRING))
                        .toList();
    }

    /**
     * A condition over other columns: each is found by its field id, whatever its name is there, and is NULL where it is not.
     *
     * @param from what the condition was parsed against
     */
    public static Predicate rebase(Predicate predicate, TableSchema from, TableSchema to) {
        return new Rewriter(value -> value instanceof Value.Column column
                        ? List.of(rebased(column, from.field(column.position()).id(), to))
                        : List.of(value))
                .rewrite(predicate);
    }

    private static Value rebased(Value.Column column, int id, TableSchema to) {
        OptionalInt position = IntStream.range(0, to.size())
                .filter(i -> to.field(i).id() == id)
                .findFirst();
        return position.isEmpty()
                ? new Value.Literal(null, column.type())
                : new Value.Column(to.field(position.getAsInt()).name(), position.getAsInt(), column.type());
    }

    /** Whether a condition contradicts itself, so that no row satisfies it, whoever asks; false also where that cannot be told. */
    public static boolean isContradiction(Predicate predicate) {
        return Contradiction.isIn(predicate);
    }

    /** The columns that a condition mentions, each once, in the order of mention. */
    public static List<Value.Column> columns(Predicate predicate) {
        return tests(predicate)
                .flatMap(Predicates::values)
                .flatMap(Predicates::columnsOf)
                .distinct()
                .toList();
    }

    /** What AND, OR and NOT join. */
    static Stream<Predicate> tests(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return and.operands().stream().flatMap(Predicates::tests);
        }
        if (predicate instanceof Predicate.Or or) {
            return or.operands().stream().flatMap(Predicates::tests);
        }
        return predicate instanceof Predicate.Not not ? tests(not.operand()) : Stream.of(predicate);
    }

    /** The operands of a test. */
    static Stream<Value> values(Predicate test) {
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
