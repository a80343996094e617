package io.lakemesh.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON value (RFC 8259) from a cell: {@code Map}, {@code List}, {@code String}, {@code BigDecimal}, {@code Boolean}, null.
 * Refuses duplicate keys and deep nesting.
 */
final class JsonText {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER = 400;

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /**
     * The value that a text holds.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    static @Nullable Object parse(String text) {
        JsonText json = new JsonText(text);
        Object value = json.value(0);
        json.skipBlanks();
        json.require(json.at == text.length());
        return value;
    }

    private @Nullable Object value(int depth) {
        require(depth <= MAX_DEPTH);
        skipBlanks();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        at++;
        skipBlanks();
        if (skip('}')) {
            return map;
        }
        do {
            skipBlanks();
            String key = string();
            skipBlanks();
            require(skip(':') && !map.containsKey(key));
            map.put(key, value(depth + 1));
            skipBlanks();
        } while (skip(','));
        require(skip('}'));
        return map;
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        skipBlanks();
        if (skip(']')) {
            return list;
        }
        do {
            list.add(value(depth + 1));
            skipBlanks();
        } while (skip(','));
        require(skip(']'));
        return list;
    }

    private String string() {
        require(skip('"'));
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            require(c >= ' ');
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new IllegalArgumentException("Invalid JSON at character " + at);
        };
    }

    private char unicode() {
        require(at + 4 <= text.length());
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text.charAt(at++), 16);
            require(digit >= 0);
            value = (value << 4) | digit;
        }
        return (char) value;
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        require(text.startsWith(word, at));
        at += word.length();
        return value;
    }

    private BigDecimal number() {
        int start = at;
        skip('-');
        require(skip('0') || digits());
        require(!skip('.') || digits());
        if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            at++;
            at += peek() == '+' || peek() == '-' ? 1 : 0;
            require(digits());
        }
        require(at - start <= MAX_NUMBER);
        return new BigDecimal(text.substring(start, at));
    }

    private boolean digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > start;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skip(char c) {
        boolean found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private char peek() {
        require(at < text.length());
        return text.charAt(at);
    }

    private void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("Invalid JSON at character " + (at + 1));
        }
    }
}
