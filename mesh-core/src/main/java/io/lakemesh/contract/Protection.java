package io.lakemesh.contract;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.mask.Mask;
import java.util.List;
import java.util.Locale;

/**
 * What is stored in the place of a column's values. Checks see the values as they were read, files do not. {@code toString()}
 * gives the text that contracts hold, which parses to an equal protection.
 */
public sealed interface Protection {
    /** The most characters that a stand-in of a {@link Keyed} protection has: {@code k}, a key's number, a colon, 32 digits. */
    int LONGEST_STAND_IN = 40;

    /** The fewest. */
    int SHORTEST_STAND_IN = 35;

    /** Protections that no secret is needed for and that tell nothing of a value. */
    enum Plain implements Protection {
        /** A text is stored as {@link Mask#HIDDEN}. */
        REDACT,
        /** Nothing is stored: the column is null in every row. */
        DROP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A stand-in that a domain's key makes of a text: equal texts have equal ones, and nobody without the key can make them. */
    enum Keyed implements Protection {
        PSEUDONYMIZE,
        TOKENIZE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code generalize(mask)}: less of a value. */
    record Generalize(Mask mask) implements Protection {
        @Override
        public String toString() {
            return "generalize(" + mask + ")";
        }
    }

    /** Reads a protection's text; throws {@link InvalidInputException} with what was expected. */
    static Protection parse(String text) {
        List<String> names = List.of("redact", "drop", "generalize(MASK)", "pseudonymize", "tokenize");
        String stripped = text.strip();
        if (stripped.startsWith("generalize(") && stripped.endsWith(")")) {
            return new Generalize(Mask.parse(stripped.substring("generalize(".length(), stripped.length() - 1)));
        }
        return switch (stripped) {
            case "redact" -> Plain.REDACT;
            case "drop" -> Plain.DROP;
            case "pseudonymize" -> Keyed.PSEUDONYMIZE;
            case "tokenize" -> Keyed.TOKENIZE;
            default ->
                throw new InvalidInputException("Invalid protection: expected one of " + String.join(", ", names)
                        + NearMatch.hint(stripped, names));
        };
    }
}
