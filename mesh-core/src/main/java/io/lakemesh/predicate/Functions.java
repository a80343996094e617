package io.lakemesh.predicate;

import io.lakemesh.predicate.Typing.Operand;
import io.lakemesh.predicate.Value.Function;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.util.List;
import java.util.Set;

/** Types calls of functions. */
final class Functions {
    private static final Set<DataType> WITH_DATE = Set.of(Primitive.DATE, Primitive.TIMESTAMP, Primitive.TIMESTAMPTZ);
    private static final Set<DataType> WITH_TIME = Set.of(Primitive.TIME, Primitive.TIMESTAMP, Primitive.TIMESTAMPTZ);

    private Functions() {}

    static Value call(Function function, List<Operand> arguments, int at) {
        requireCount(function, arguments.size(), at);
        if (arguments.stream().anyMatch(Operand::isUntyped)) {
            return Typing.UNTYPED;
        }
        if (function == Function.COALESCE) {
            return coalesce(arguments, at);
        }
        Operand argument = arguments.get(0);
        if (!accepts(function, argument.value().type())) {
            throw Lexer.error(
                    argument.at(), function + " takes " + expected(function) + ", found " + argument.described());
        }
        return new Value.Call(
                function,
                List.of(argument.value()),
                result(function, argument.value().type()));
    }

    private static void requireCount(Function function, int count, int at) {
        if (function == Function.COALESCE && count < 2) {
            throw Lexer.error(at, "COALESCE takes two arguments or more, found " + count);
        }
        if (function != Function.COALESCE && count != 1) {
            throw Lexer.error(at, function + " takes one argument, found " + count);
        }
    }

    private static boolean accepts(Function function, DataType type) {
        return switch (function) {
            case LOWER, UPPER, TRIM, LENGTH -> type == Primitive.STRING;
            case ABS -> Typing.isNumber(type);
            case YEAR, MONTH, DAY -> WITH_DATE.contains(type);
            case HOUR -> WITH_TIME.contains(type);
            case COALESCE -> true;
        };
    }

    private static String expected(Function function) {
        return switch (function) {
            case LOWER, UPPER, TRIM, LENGTH -> "a string";
            case ABS -> "a number";
            case YEAR, MONTH, DAY -> "a date or a timestamp";
            case HOUR -> "a time or a timestamp";
            case COALESCE -> "values";
        };
    }

    private static DataType result(Function function, DataType argument) {
        return switch (function) {
            case LOWER, UPPER, TRIM -> Primitive.STRING;
            case LENGTH, YEAR, MONTH, DAY, HOUR -> Primitive.LONG;
            case ABS -> argument == Primitive.INT ? Primitive.LONG : argument;
            case COALESCE -> argument;
        };
    }

    private static Value.Call coalesce(List<Operand> arguments, int at) {
        List<Value> values = Typing.unify(arguments);
        DataType type =
                values.stream().map(Value::type).reduce(values.get(0).type(), (one, other) -> wider(one, other, at));
        return new Value.Call(Function.COALESCE, values, type);
    }

    private static DataType wider(DataType one, DataType other, int at) {
        if (one.equals(other)) {
            return one;
        }
        if (Typing.isWhole(one) && Typing.isWhole(other)) {
            return Primitive.LONG;
        }
        if (Typing.isFloating(one) && Typing.isFloating(other)) {
            return Primitive.DOUBLE;
        }
        if (one instanceof DataType.Decimal a && other instanceof DataType.Decimal b) {
            int scale = Math.max(a.scale(), b.scale());
            return new DataType.Decimal(
                    Math.min(38, Math.max(a.precision() - a.scale(), b.precision() - b.scale()) + scale), scale);
        }
        throw Lexer.error(at, "COALESCE takes values of one type, found " + one + " and " + other);
    }
}
