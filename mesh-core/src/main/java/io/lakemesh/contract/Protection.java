package io.lakemesh.contract;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.mask.Mask;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is stored in the place of a column's values. Checks see the values as they were read, files do not. {@code toString()}
 * gives the text that contracts hold, which parses to an equal protection.
 */
public sealed interface Protection {
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

    /** What a key makes of a text. */
    enum Kind {
        /** A stand-in, without a way back: equal texts have equal ones, and nobody without the key can make them. */
        PSEUDONYMIZE(16, true, false),
        /** A stand-in that the key leads back from. */
        TOKENIZE(16, true, true),
        /** A text that the key leads back from, another one for each row. */
        ENCRYPT(28, false, true);

        private static final int LONGEST_CHARACTER = 4;

        private final int overhead;
        private final boolean alike;
        private final boolean reversible;

        Kind(int overhead, boolean alike, boolean reversible) {
            this.overhead = overhead;
            this.alike = alike;
            this.reversible = reversible;
        }

        /** Whether equal texts are stored as equal ones. */
        public boolean isDeterministic() {
            return alike;
        }

        /** Whether there is a way back to the text. */
        public boolean isReversible() {
            return reversible;
        }

        /** The fewest characters that a text of so many is stored as. */
        public int shortest(int length) {
            return "k1:".length() + base64(overhead + (reversible ? length : 0));
        }

        /** The most characters that a text of so many is stored as. */
        public int longest(int length) {
            return "k999999:".length() + base64(overhead + (reversible ? LONGEST_CHARACTER * (long) length : 0));
        }

        private static int base64(long bytes) {
            return (int) Math.min(Integer.MAX_VALUE / 2, (4 * bytes + 2) / 3);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a key makes of a text: {@code k}, the key's number, a colon and base64url without padding.
     *
     * @param key the name of a key that domains share; null for the domain's own
     */
    record Keyed(Kind kind, @Nullable String key) implements Protection {
        /** What the names of shared keys begin with in a key ring; no domain's does. */
        static final String SHARED = "shared/";

        private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

        /** With the domain's own key. */
        public Keyed(Kind kind) {
            this(kind, null);
        }

        /**
         * What a key ring calls the key, in a product of a domain. A shared key is no domain's own, or a contract could have another
         * domain's values revealed by whoever has that domain's key.
         */
        public String keyName(String domain) {
            return key == null ? domain : SHARED + key;
        }

        @Override
        public String toString() {
            return key == null ? kind.toString() : kind + "(" + key + ")";
        }

        private static Optional<Protection> find(String text) {
            for (Kind kind : Kind.values()) {
                if (text.equals(kind.toString())) {
                    return Optional.of(new Keyed(kind));
                }
                Optional<String> key = argument(kind.toString(), text);
                if (key.isPresent()) {
                    return Optional.of(new Keyed(kind, named(key.get().strip())));
                }
            }
            return Optional.empty();
        }

        private static String named(String key) {
            if (KEY.matcher(key).matches()) {
                return key;
            }
            throw new InvalidInputException("Invalid name of a key: expected 1 to 64 letters, digits, '.', '_' or '-'");
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
        List<String> names =
                List.of("redact", "drop", "generalize(MASK)", "pseudonymize", "tokenize", "encrypt", "encrypt(KEY)");
        String stripped = text.strip();
        return switch (stripped) {
            case "redact" -> Plain.REDACT;
            case "drop" -> Plain.DROP;
            default ->
                argument("generalize", stripped)
                        .<Protection>map(mask -> new Generalize(Mask.parse(mask)))
                        .or(() -> Keyed.find(stripped))
                        .orElseThrow(() -> new InvalidInputException("Invalid protection: expected one of "
                                + String.join(", ", names) + NearMatch.hint(stripped, names)));
        };
    }

    private static Optional<String> argument(String name, String text) {
        return text.startsWith(name + "(") && text.endsWith(")")
                ? Optional.of(text.substring(name.length() + 1, text.length() - 1))
                : Optional.empty();
    }
}
