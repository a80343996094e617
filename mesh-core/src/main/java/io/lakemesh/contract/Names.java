package io.lakemesh.contract;

import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which names a table or a column may have, and that no two are the same without regard to case. */
final class Names {
    static final int LONGEST = 255;
    private static final Set<String> RESERVED = Set.of("_file", "_pos", "_deleted", "_spec_id", "_partition");

    private final String what;
    private final Problems problems;
    private final Map<String, Place> seen = new HashMap<>();

    Names(String what, Problems problems) {
        this.what = what;
        this.problems = problems;
    }

    /** Takes up a name, and reports what is wrong with it. */
    void add(String name, Place place) {
        fault(name).ifPresent(fault -> problems.error(place, "the " + what + "'s name " + fault));
        Place earlier = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), place);
        if (earlier != null) {
            problems.error(
                    place,
                    what + " " + quoted(name) + " stands twice (names differ by more than case), also in " + earlier);
        }
    }

    private static Optional<String> fault(String name) {
        if (name.isBlank()) {
            return Optional.of("is empty");
        }
        if (name.length() > LONGEST) {
            return Optional.of("has " + name.length() + " characters, at most " + LONGEST + " are allowed");
        }
        if (name.codePoints().anyMatch(Names::isUnprintable)) {
            return Optional.of("holds a control character or half a surrogate pair");
        }
        if (!name.equals(name.strip())) {
            return Optional.of("begins or ends with a blank");
        }
        return RESERVED.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.of(quoted(name) + " is reserved for tables' metadata")
                : Optional.empty();
    }

    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE || c == 0x2028 || c == 0x2029;
    }

    /** For a message: control characters shown as a mark. */
    static String quoted(String name) {
        StringBuilder shown = new StringBuilder("'");
        name.codePoints().limit(100).map(c -> isUnprintable(c) ? '?' : c).forEach(shown::appendCodePoint);
        return shown.append('\'').toString();
    }
}
