package io.lakemesh.predicate;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.util.List;

/** Refuses what engines fail at: they compare exact numbers as one decimal type, which has 38 digits at most. */
final class ExactNumbers {
    private static final int MOST_DIGITS = 38;
    private static final DataType.Decimal INT = new DataType.Decimal(10, 0);
    private static final DataType.Decimal LONG = new DataType.Decimal(19, 0);
    private static final DataType.Decimal NONE = new DataType.Decimal(0, 0);

    private ExactNumbers() {}

    static void requireComparable(Predicate predicate) {
        Predicates.tests(predicate).forEach(test -> {
            List<Value> operands = Predicates.values(test).toList();
            require(operands, test);
            operands.forEach(operand -> requireCoalescing(operand, test));
        });
    }

    private static void requireCoalescing(Value value, Predicate test) {
        if (value instanceof Value.Call call) {
            require(call.arguments(), test);
            call.arguments().forEach(argument -> requireCoalescing(argument, test));
        }
    }

    private static void require(List<Value> together, Predicate test) {
        boolean exact = together.stream().noneMatch(value -> Typing.isFloating(value.type()));
        int scale = together.stream()
                .mapToInt(value -> decimal(value.type()).scale())
                .max()
                .orElse(0);
        int whole = together.stream()
                .map(value -> decimal(value.type()))
                .mapToInt(type -> type.precision() - type.scale())
                .max()
                .orElse(0);
        if (exact && whole + scale > MOST_DIGITS) {
            throw new InvalidInputException("Invalid row filter: " + test + " compares numbers that together need "
                    + (whole + scale) + " digits, at most " + MOST_DIGITS + " are allowed");
        }
    }

    private static DataType.Decimal decimal(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return decimal;
        }
        return type == Primitive.INT ? INT : type == Primitive.LONG ? LONG : NONE;
    }
}
