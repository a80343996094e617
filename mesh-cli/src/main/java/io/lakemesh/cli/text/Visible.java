package io.lakemesh.cli.text;

import java.util.Locale;

/** Makes foreign text safe to show: what could steer a terminal or reorder a line is written as an escape. */
public final class Visible {
    private Visible() {}

    /** The text with control, bidirectional, separator and unpaired surrogate characters as <code>&#92;uXXXX</code>. */
    public static String of(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? text : escaped(text, false);
    }

    /** As {@link #of}, but line breaks and tabs stay: for messages of several lines. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean keepLines) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (keepLines && (c == '\n' || c == '\t')) {
                out.append((char) c);
            } else if (isUnsafe(c)) {
                out.append(escape(c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c > 0xffff ? String.format(Locale.ROOT, "\\u{%x}", c) : String.format(Locale.ROOT, "\\u%04x", c);
        };
    }
}
