package io.lakemesh.predicate;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a quality rule: {@code SELECT COUNT(*) FROM object WHERE condition}. The object is {@code {object}}, {@code ${object}},
 * {@code ${table}} or one of the object's names; {@code {property}}, {@code ${property}} and {@code ${column}} stand for the
 * column that a rule belongs to.
 */
public final class QualityQuery {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\{\\s*(\\w+)\\s*\\}");
    private static final Map<String, Boolean> NAMES_OBJECT =
            Map.of("object", true, "table", true, "schema", true, "property", false, "column", false, "field", false);
    private static final Predicate ALL_ROWS = new Predicate.Truth(new Value.Literal(true, Primitive.BOOLEAN));

    /** Words of larger SQL, which a reader of conditions would take for columns. */
    private static final Pattern FOREIGN = Pattern.compile(
            "(?i)(?s)from.*\\b(select|join|case|exists|cast|interval|current_date|current_timestamp|now)\\b");

    private QualityQuery() {}

    /** What a query came to. */
    public sealed interface Result {}

    /** It counts the rows for which a condition is true. */
    public record Counts(Predicate condition) implements Result {}

    /** It is other SQL; {@code reason} says what is not understood. */
    public record NotUnderstood(String reason) implements Result {}

    /**
     * Reads a query.
     *
     * <p>Only a plain condition over an unknown column is an error; whatever else is not understood may be right for another
     * engine.
     *
     * @param objectNames the names that the object has
     * @param column the column that the rule belongs to; null for a rule of the whole object
     * @throws InvalidInputException if the condition names a column that the table does not have
     */
    public static Result parse(
            String query, Collection<String> objectNames, TableSchema schema, @Nullable String column) {
        try {
            List<Token> tokens =
                    Lexer.tokens(filled(query, objectNames.iterator().next(), column));
            return new Counts(new Reading(tokens, objectNames, schema).parse());
        } catch (InvalidInputException e) {
            if (namesUnknownColumn(e) && !FOREIGN.matcher(query).find()) {
                throw e;
            }
            return new NotUnderstood(String.valueOf(e.getMessage()).replaceFirst("^Invalid predicate", "in the query"));
        }
    }

    private static boolean namesUnknownColumn(InvalidInputException e) {
        return String.valueOf(e.getMessage()).contains(": expected a column, found '");
    }

    private static String filled(String query, String object, @Nullable String column) {
        Matcher matcher = PLACEHOLDER.matcher(query);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(replacement(found.group(1), object, column)));
    }

    private static String replacement(String placeholder, String object, @Nullable String column) {
        Boolean namesObject = NAMES_OBJECT.get(placeholder.toLowerCase(Locale.ROOT));
        if (namesObject == null) {
            throw new InvalidInputException("the placeholder '" + placeholder + "' is unknown");
        }
        if (!namesObject && column == null) {
            throw new InvalidInputException("the rule belongs to no column that '" + placeholder + "' could stand for");
        }
        String name = namesObject || column == null ? object : column;
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private record Reading(List<Token> tokens, Collection<String> objectNames, TableSchema schema) {
        Predicate parse() {
            int next = expect(0, "SELECT", "COUNT", "(", "*", ")", "FROM");
            Token object = tokens.get(next);
            if (objectNames.stream().noneMatch(name -> name.equalsIgnoreCase(object.text()))) {
                throw Lexer.error(object.at(), "expected the object's name, found " + object.described());
            }
            List<Token> rest = withoutSemicolon(tokens.subList(next + 1, tokens.size()));
            if (rest.size() == 1) {
                return ALL_ROWS;
            }
            if (!rest.get(0).isWord("WHERE")) {
                throw Lexer.error(
                        rest.get(0).at(),
                        "expected WHERE or the end, found " + rest.get(0).described());
            }
            return new PredicateParser(rest.subList(1, rest.size()), schema, false).parse();
        }

        private int expect(int from, String... words) {
            int next = from;
            for (String word : words) {
                Token token = tokens.get(next);
                if (!token.isWord(word) && !token.isSymbol(word)) {
                    throw Lexer.error(token.at(), "expected " + word + ", found " + token.described());
                }
                next++;
            }
            return next;
        }

        private static List<Token> withoutSemicolon(List<Token> tokens) {
            int last = tokens.size() - 2;
            if (last < 0 || !tokens.get(last).isSymbol(";")) {
                return tokens;
            }
            List<Token> rest = new ArrayList<>(tokens);
            rest.remove(last);
            return rest;
        }
    }
}
