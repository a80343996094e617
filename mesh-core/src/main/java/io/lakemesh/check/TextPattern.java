package io.lakemesh.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lakemesh.error.InvalidInputException;

/** A contract's regular expression: RE2, so that no text takes more than linear time. */
final class TextPattern {
    private final Pattern pattern;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Compiles the pattern of the column or rule that is named in the message. */
    static TextPattern of(String pattern, String where) {
        try {
            return new TextPattern(Pattern.compile(pattern));
        } catch (PatternSyntaxException e) {
            throw new InvalidInputException(
                    "Invalid pattern of " + where + ": " + e.getMessage()
                            + "; patterns are RE2, which has no lookaround and no back references",
                    e);
        }
    }

    /** Whether some part of the text matches. */
    boolean matches(String text) {
        return pattern.matcher(text).find();
    }
}
