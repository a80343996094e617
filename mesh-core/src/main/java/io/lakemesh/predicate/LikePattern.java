package io.lakemesh.predicate;

import com.google.re2j.Pattern;

/** SQL's LIKE as a regular expression. */
final class LikePattern {
    private LikePattern() {}

    /** Whether every escape character escapes one. */
    static boolean isValid(String like) {
        boolean escaped = false;
        for (int i = 0; i < like.length(); i++) {
            escaped = !escaped && like.charAt(i) == '\\';
        }
        return !escaped;
    }

    /** To be matched against the whole text. */
    static Pattern compile(String like) {
        StringBuilder regex = new StringBuilder();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            if (c == '%' || c == '_') {
                flush(literal, regex);
                regex.append(c == '%' ? ".*" : ".");
            } else {
                literal.append(c == '\\' ? like.charAt(++i) : c);
            }
        }
        flush(literal, regex);
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static void flush(StringBuilder literal, StringBuilder regex) {
        regex.append(Pattern.quote(literal.toString()));
        literal.setLength(0);
    }
}
