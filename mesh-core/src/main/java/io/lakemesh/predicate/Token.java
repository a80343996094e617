package io.lakemesh.predicate;

/**
 * A piece of a predicate's text.
 *
 * @param text as it stands; of quoted names and strings what is between the quotes, unescaped
 * @param at its first character's position, from 1
 */
record Token(Kind kind, String text, int at) {
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** What to call it in a message; strings are not repeated, they may be data. */
    String described() {
        return switch (kind) {
            case STRING -> "a string";
            case END -> "the end";
            default -> "'" + text + "'";
        };
    }
}
