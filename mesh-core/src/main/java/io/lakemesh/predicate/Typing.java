package io.lakemesh.predicate;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.util.List;
import java.util.Set;

/** Which types compare, and what literals become beside others. */
final class Typing {
    private static final Set<DataType> WHOLE = Set.of(Primitive.INT, Primitive.LONG);
    private static final Set<DataType> FLOATING = Set.of(Primitive.FLOAT, Primitive.DOUBLE);

    /** A column whose table is not known yet, and whatever is worked out from one: it goes with everything. */
    static final Value UNTYPED = new Value.Column("?", -1, Primitive.STRING);

    private Typing() {}

    /** A value and where it stands in the text. */
    record Operand(Value value, int at) {
        boolean isLiteral() {
            return value instanceof Value.Literal || isAttribute();
        }

        boolean isAttribute() {
            return value instanceof Value.Attribute;
        }

        boolean isUntyped() {
            return value == UNTYPED;
        }

        boolean isNullLiteral() {
            return value instanceof Value.Literal literal && literal.value() == null;
        }

        /** What to call it in a message: a column by its name, all else by its type. */
        String described() {
            return value instanceof Value.Column column
                    ? "column '" + column.name() + "' (" + column.type() + ")"
                    : "a " + value.type();
        }
    }

    /** The values made comparable with each other: literals take the type of what they stand beside. */
    static List<Value> unify(List<Operand> operands) {
        if (operands.stream().anyMatch(Operand::isUntyped)) {
            return operands.stream().map(Operand::value).toList();
        }
        Operand leader = leader(operands);
        return operands.stream().map(operand -> beside(leader, operand)).toList();
    }

    private static Operand leader(List<Operand> operands) {
        return operands.stream()
                .filter(operand -> !operand.isLiteral())
                .findFirst()
                .or(() -> operands.stream()
                        .filter(operand ->
                                !operand.isNullLiteral() && operand.value().type() != Primitive.STRING)
                        .findFirst())
                .or(() -> operands.stream()
                        .filter(operand -> !operand.isNullLiteral())
                        .findFirst())
                .orElse(operands.get(0));
    }

    private static Value beside(Operand leader, Operand operand) {
        DataType target = leader.value().type();
        if (isNested(target)) {
            throw Lexer.error(leader.at(), leader.described() + " can only be tested with IS NULL and IS NOT NULL");
        }
        if (operand.value() instanceof Value.Literal literal) {
            return Literals.coerce(literal, target, leader, operand);
        }
        if (!comparable(target, operand.value().type())) {
            throw incomparable(leader, operand);
        }
        return operand.value();
    }

    static RuntimeException incomparable(Operand leader, Operand operand) {
        return Lexer.error(operand.at(), "cannot compare " + leader.described() + " with " + operand.described());
    }

    static boolean comparable(DataType one, DataType other) {
        return isNumber(one) ? isNumber(other) : one == other;
    }

    static boolean isNumber(DataType type) {
        return isWhole(type) || isFloating(type) || type instanceof DataType.Decimal;
    }

    static boolean isWhole(DataType type) {
        return WHOLE.contains(type);
    }

    static boolean isFloating(DataType type) {
        return FLOATING.contains(type);
    }

    static boolean isNested(DataType type) {
        return !type.isPrimitive();
    }
}
