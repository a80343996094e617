package io.lakemesh.predicate;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.predicate.Predicate.Operator;
import io.lakemesh.predicate.Typing.Operand;
import io.lakemesh.predicate.Value.Function;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Recursive descent over the tokens; types as it goes. */
final class PredicateParser {
    private static final int DEEPEST = 64;
    private static final Map<String, Operator> OPERATORS = Map.of(
            "=", Operator.EQUAL,
            "<>", Operator.NOT_EQUAL,
            "!=", Operator.NOT_EQUAL,
            "<", Operator.LESS,
            "<=", Operator.LESS_OR_EQUAL,
            ">", Operator.GREATER,
            ">=", Operator.GREATER_OR_EQUAL);

    private final List<Token> tokens;
    private final @Nullable TableSchema schema;
    private final boolean knowsSubject;
    private int next;
    private int depth;

    /** The schema is null where the table is not known yet: then any name is a column that goes with everything. */
    PredicateParser(List<Token> tokens, @Nullable TableSchema schema, boolean knowsSubject) {
        this.tokens = tokens;
        this.schema = schema;
        this.knowsSubject = knowsSubject;
    }

    Predicate parse() {
        Predicate predicate = or();
        if (peek().kind() != Token.Kind.END) {
            throw expected("AND, OR or the end");
        }
        return predicate;
    }

    private Predicate or() {
        if (++depth > DEEPEST) {
            throw Lexer.error(peek().at(), "nested too deeply, at most " + DEEPEST + " levels are allowed");
        }
        List<Predicate> operands = new ArrayList<>(List.of(and()));
        while (takeWord("OR")) {
            operands.add(and());
        }
        depth--;
        return operands.size() == 1 ? operands.get(0) : new Predicate.Or(operands);
    }

    private Predicate and() {
        List<Predicate> operands = new ArrayList<>(List.of(not()));
        while (takeWord("AND")) {
            operands.add(not());
        }
        return operands.size() == 1 ? operands.get(0) : new Predicate.And(operands);
    }

    private Predicate not() {
        if (!takeWord("NOT")) {
            return primary();
        }
        if (++depth > DEEPEST) {
            throw Lexer.error(peek().at(), "nested too deeply, at most " + DEEPEST + " levels are allowed");
        }
        Predicate operand = not();
        depth--;
        return new Predicate.Not(operand);
    }

    private Predicate primary() {
        if (takeSymbol("(")) {
            Predicate inner = or();
            expectSymbol(")");
            return inner;
        }
        Operand operand = comparand();
        Token token = peek();
        if (token.kind() == Token.Kind.SYMBOL && OPERATORS.containsKey(token.text())) {
            return comparison(operand);
        }
        requireNoAttribute(operand);
        if (takeWord("IS")) {
            return nullTest(operand);
        }
        boolean negated = takeWord("NOT");
        Optional<Predicate> test = test(operand);
        if (test.isPresent()) {
            return negated ? new Predicate.Not(test.get()) : test.get();
        }
        if (negated) {
            throw expected("IN, BETWEEN, LIKE or MATCHES after NOT");
        }
        return truth(operand);
    }

    private Predicate comparison(Operand left) {
        Operator operator = OPERATORS.getOrDefault(take().text(), Operator.EQUAL);
        Operand right = comparand();
        List<Value> values = Typing.unify(List.of(left, right));
        return left.isAttribute() || right.isAttribute()
                ? oneOf(left, operator, right)
                : new Predicate.Comparison(values.get(0), operator, values.get(1));
    }

    /** A subject may have several values of an attribute: equal is to be one of them. */
    private static Predicate oneOf(Operand left, Operator operator, Operand right) {
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        if (!equality || (left.isAttribute() && right.isAttribute())) {
            throw refusedAttribute(right.isAttribute() ? right : left);
        }
        Value value = left.isAttribute() ? right.value() : left.value();
        Value attribute = left.isAttribute() ? left.value() : right.value();
        Predicate in = new Predicate.In(value, List.of(attribute));
        return operator == Operator.EQUAL ? in : new Predicate.Not(in);
    }

    private static void requireNoAttribute(Operand operand) {
        if (operand.isAttribute()) {
            throw refusedAttribute(operand);
        }
    }

    private static InvalidInputException refusedAttribute(Operand attribute) {
        return Lexer.error(
                attribute.at(),
                attribute.value() + " can only be compared with a column or a text, by =, <> or IN (...)");
    }

    private Predicate nullTest(Operand operand) {
        boolean negated = takeWord("NOT");
        if (!takeWord("NULL")) {
            throw expected("NULL");
        }
        Predicate test = new Predicate.IsNull(operand.value());
        return negated ? new Predicate.Not(test) : test;
    }

    private Optional<Predicate> test(Operand operand) {
        if (takeWord("IN")) {
            return Optional.of(in(operand));
        }
        if (takeWord("BETWEEN")) {
            return Optional.of(between(operand));
        }
        if (takeWord("LIKE")) {
            return Optional.of(like(operand));
        }
        return takeWord("MATCHES") ? Optional.of(matches(operand)) : Optional.empty();
    }

    private Predicate in(Operand operand) {
        expectSymbol("(");
        List<Operand> operands = new ArrayList<>(List.of(operand));
        operands.addAll(untilClosed(this::comparand));
        List<Value> values = Typing.unify(operands);
        return new Predicate.In(values.get(0), values.subList(1, values.size()));
    }

    private Predicate between(Operand operand) {
        Operand low = operand();
        if (!takeWord("AND")) {
            throw expected("AND");
        }
        List<Value> values = Typing.unify(List.of(operand, low, operand()));
        return new Predicate.Between(values.get(0), values.get(1), values.get(2));
    }

    private Predicate like(Operand operand) {
        requireText(operand, "LIKE");
        Token pattern = string("a pattern in quotes");
        if (!LikePattern.isValid(pattern.text())) {
            throw Lexer.error(pattern.at(), "the pattern ends with a \\ that escapes nothing");
        }
        return new Predicate.Like(operand.value(), pattern.text());
    }

    private Predicate matches(Operand operand) {
        requireText(operand, "MATCHES");
        Token pattern = string("a regular expression in quotes");
        try {
            Pattern.compile(pattern.text());
        } catch (PatternSyntaxException e) {
            throw Lexer.error(pattern.at(), "not a regular expression of RE2: " + e.getDescription());
        }
        return new Predicate.Matches(operand.value(), pattern.text());
    }

    private static void requireText(Operand operand, String test) {
        if (operand.value().type() != Primitive.STRING) {
            throw Lexer.error(operand.at(), test + " takes a string, found " + operand.described());
        }
    }

    private Predicate truth(Operand operand) {
        if (operand.isNullLiteral()) {
            return new Predicate.Truth(new Value.Literal(null, Primitive.BOOLEAN));
        }
        if (!operand.isUntyped() && operand.value().type() != Primitive.BOOLEAN) {
            throw expected("a comparison, IN, BETWEEN, IS, LIKE or MATCHES");
        }
        return new Predicate.Truth(operand.value());
    }

    private Operand operand() {
        Operand operand = comparand();
        requireNoAttribute(operand);
        return operand;
    }

    /** An operand that may be an attribute of the subject. */
    private Operand comparand() {
        Token token = take();
        return new Operand(value(token), token.at());
    }

    private Value value(Token token) {
        return switch (token.kind()) {
            case STRING -> new Value.Literal(token.text(), Primitive.STRING);
            case NUMBER -> Literals.number(token.text(), token.at());
            case QUOTED_NAME -> column(token);
            case WORD -> word(token);
            case SYMBOL -> signed(token);
            case END -> throw missing(token);
        };
    }

    private Value signed(Token sign) {
        boolean isSign = sign.isSymbol("-") || sign.isSymbol("+");
        if (!isSign || peek().kind() != Token.Kind.NUMBER) {
            throw missing(sign);
        }
        return Literals.number((sign.isSymbol("-") ? "-" : "") + take().text(), sign.at());
    }

    private Value word(Token token) {
        String word = token.text().toUpperCase(Locale.ROOT);
        if (peek().kind() == Token.Kind.STRING
                && (word.equals("DATE") || word.equals("TIME") || word.equals("TIMESTAMP"))) {
            Token text = take();
            return Literals.temporal(word, text.text(), text.at());
        }
        if (peek().isSymbol("(") && !PredicateText.RESERVED.contains(word)) {
            return call(token, word);
        }
        return switch (word) {
            case "TRUE" -> new Value.Literal(true, Primitive.BOOLEAN);
            case "FALSE" -> new Value.Literal(false, Primitive.BOOLEAN);
            case "NULL" -> new Value.Literal(null, Primitive.STRING);
            case "AND", "OR", "NOT", "IN", "BETWEEN", "IS", "LIKE", "MATCHES" -> throw missing(token);
            default -> column(token);
        };
    }

    private Value call(Token name, String upperCase) {
        List<String> names =
                Arrays.stream(Function.values()).map(Function::name).toList();
        if (!names.contains(upperCase)) {
            throw Lexer.error(
                    name.at(),
                    "expected one of the functions " + String.join(", ", names) + ", found '" + name.text() + "'"
                            + NearMatch.hint(name.text(), names));
        }
        if (++depth > DEEPEST) {
            throw Lexer.error(name.at(), "nested too deeply, at most " + DEEPEST + " levels are allowed");
        }
        expectSymbol("(");
        List<Operand> arguments = untilClosed(this::operand);
        depth--;
        return Functions.call(Function.valueOf(upperCase), arguments, name.at());
    }

    private List<Operand> untilClosed(Supplier<Operand> parse) {
        List<Operand> operands = new ArrayList<>(List.of(parse.get()));
        while (takeSymbol(",")) {
            operands.add(parse.get());
        }
        expectSymbol(")");
        return operands;
    }

    private Value column(Token name) {
        if (knowsSubject && name.isWord(PredicateText.SUBJECT) && takeSymbol(".")) {
            return attribute();
        }
        if (peek().isSymbol(".")) {
            throw Lexer.error(
                    name.at(),
                    "expected a column, found a name with a dot; conditions cannot look into nested columns");
        }
        if (schema == null) {
            return Typing.UNTYPED;
        }
        int position = position(name, schema);
        Field field = schema.field(position);
        return new Value.Column(field.name(), position, field.type());
    }

    private Value attribute() {
        if (peek().kind() != Token.Kind.WORD) {
            throw expected("the name of an attribute");
        }
        return new Value.Attribute(take().text());
    }

    private static int position(Token name, TableSchema schema) {
        return schema.position(name.text()).orElseGet(() -> {
            int[] found = IntStream.range(0, schema.size())
                    .filter(i -> schema.field(i).name().equalsIgnoreCase(name.text()))
                    .toArray();
            if (found.length == 1) {
                return found[0];
            }
            List<String> names = schema.fields().stream().map(Field::name).toList();
            throw Lexer.error(
                    name.at(), "expected a column, found '" + name.text() + "'" + NearMatch.hint(name.text(), names));
        });
    }

    private Token string(String what) {
        if (peek().kind() != Token.Kind.STRING) {
            throw expected(what);
        }
        return take();
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    private boolean takeWord(String word) {
        boolean matches = peek().isWord(word);
        next += matches ? 1 : 0;
        return matches;
    }

    private boolean takeSymbol(String symbol) {
        boolean matches = peek().isSymbol(symbol);
        next += matches ? 1 : 0;
        return matches;
    }

    private void expectSymbol(String symbol) {
        if (!takeSymbol(symbol)) {
            throw expected("'" + symbol + "'");
        }
    }

    private InvalidInputException expected(String what) {
        return Lexer.error(peek().at(), "expected " + what + ", found " + peek().described());
    }

    private static InvalidInputException missing(Token token) {
        return Lexer.error(token.at(), "expected a column, a value or a function, found " + token.described());
    }
}
