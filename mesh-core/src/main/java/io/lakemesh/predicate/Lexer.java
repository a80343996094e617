package io.lakemesh.predicate;

import io.lakemesh.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** Cuts a predicate's text into tokens. */
final class Lexer {
    static final int LONGEST = 65_536;
    private static final int LONGEST_NUMBER = 100;
    private static final List<String> SYMBOLS =
            List.of("<>", "!=", "<=", ">=", "=", "<", ">", "(", ")", ",", "-", "+", ".", "*", ";");

    private final String text;
    private int next;

    private Lexer(String text) {
        this.text = text;
    }

    /** The tokens of a text, an END last. */
    static List<Token> tokens(String text) {
        if (text.length() > LONGEST) {
            throw new InvalidInputException(
                    "Invalid predicate: " + text.length() + " characters long, at most " + LONGEST + " are allowed");
        }
        Lexer lexer = new Lexer(text);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (tokens.get(tokens.size() - 1).kind() != Token.Kind.END);
        return tokens;
    }

    static InvalidInputException error(int at, String message) {
        return new InvalidInputException("Invalid predicate at character " + at + ": " + message);
    }

    private Token next() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (next == text.length()) {
            return new Token(Token.Kind.END, "", next + 1);
        }
        int c = text.codePointAt(next);
        if (c == '\'') {
            return quoted(Token.Kind.STRING, '\'');
        }
        if (c == '"') {
            return quoted(Token.Kind.QUOTED_NAME, '"');
        }
        if (startsWord(c)) {
            return word();
        }
        return isDigit(c) ? number() : symbol();
    }

    private Token quoted(Token.Kind kind, char quote) {
        int start = next++;
        StringBuilder content = new StringBuilder();
        while (next < text.length()) {
            char c = text.charAt(next++);
            if (c != quote) {
                content.append(c);
            } else if (next < text.length() && text.charAt(next) == quote) {
                content.append(quote);
                next++;
            } else {
                return new Token(kind, wellFormed(content.toString(), start + 1), start + 1);
            }
        }
        throw error(start + 1, "expected a closing " + quote + ", found the end");
    }

    /** Half a surrogate pair has no UTF-8: engines would take another character for it. */
    private static String wellFormed(String content, int at) {
        if (content.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw error(at, "expected a text, found half a surrogate pair in it");
        }
        return content;
    }

    private Token word() {
        int start = next;
        while (next < text.length() && continuesWord(text.codePointAt(next))) {
            next += Character.charCount(text.codePointAt(next));
        }
        return new Token(Token.Kind.WORD, text.substring(start, next), start + 1);
    }

    private Token number() {
        int start = next;
        digits();
        if (next + 1 < text.length() && text.charAt(next) == '.' && isDigit(text.charAt(next + 1))) {
            next++;
            digits();
        }
        if (next < text.length() && (text.charAt(next) == 'e' || text.charAt(next) == 'E')) {
            exponent(start);
        }
        if (next < text.length() && continuesWord(text.codePointAt(next))) {
            throw error(start + 1, "expected a number, found letters in it; quote names that begin with a digit");
        }
        if (next - start > LONGEST_NUMBER) {
            throw error(start + 1, "expected a number of at most " + LONGEST_NUMBER + " digits");
        }
        return new Token(Token.Kind.NUMBER, text.substring(start, next), start + 1);
    }

    private void exponent(int start) {
        next++;
        if (next < text.length() && (text.charAt(next) == '-' || text.charAt(next) == '+')) {
            next++;
        }
        if (next == text.length() || !isDigit(text.charAt(next))) {
            throw error(start + 1, "expected digits after the exponent's E");
        }
        digits();
    }

    private void digits() {
        while (next < text.length() && isDigit(text.charAt(next))) {
            next++;
        }
    }

    private Token symbol() {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, next)) {
                next += symbol.length();
                return new Token(Token.Kind.SYMBOL, symbol, next - symbol.length() + 1);
            }
        }
        int c = text.codePointAt(next);
        String shown = Character.isISOControl(c) ? "a control character" : "'" + Character.toString(c) + "'";
        throw error(next + 1, "expected a name, a value or an operator, found " + shown);
    }

    static boolean startsWord(int c) {
        return c == '_' || Character.isLetter(c);
    }

    static boolean continuesWord(int c) {
        return startsWord(c) || Character.isDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
