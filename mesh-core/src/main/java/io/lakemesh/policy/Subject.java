package io.lakemesh.policy;

import io.lakemesh.error.InvalidInputException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who asks. All that is known of a subject is its name and its groups, as in Trino: a group {@code purpose:x} is a purpose, and any
 * {@code key:value} an attribute that row filters compare with as {@code subject.key}. A claim: nothing here proves it.
 *
 * @param user the name; {@code subject.user} in row filters
 * @param groups in their natural order
 */
public record Subject(String user, Set<String> groups) {
    private static final String PURPOSE = "purpose";
    private static final int LONGEST = 256;

    public Subject {
        requirePrintable("user", user);
        groups.forEach(group -> requirePrintable("group", group));
        groups = Collections.unmodifiableSet(new TreeSet<>(groups));
    }

    public static Subject of(String user, String... groups) {
        return new Subject(user, Set.of(groups));
    }

    private static void requirePrintable(String what, String name) {
        if (name.isBlank() || name.length() > LONGEST || name.codePoints().anyMatch(Subject::isUnprintable)) {
            throw new InvalidInputException("Invalid " + what + ": expected 1 to " + LONGEST
                    + " characters that are not all blank, and no control characters");
        }
    }

    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    /** The same, for a purpose too. */
    public Subject forPurpose(String purpose) {
        requirePrintable(PURPOSE, purpose);
        Set<String> all = new TreeSet<>(groups);
        all.add(PURPOSE + ":" + purpose);
        return new Subject(user, all);
    }

    /** What the data is asked for; empty for no stated purpose. */
    public List<String> purposes() {
        return attribute(PURPOSE);
    }

    /** The values of an attribute, in their natural order; empty where there is none. */
    public List<String> attribute(String name) {
        if (name.equals("user")) {
            return List.of(user);
        }
        return groups.stream()
                .filter(group -> group.startsWith(name + ":"))
                .map(group -> group.substring(name.length() + 1))
                .toList();
    }
}
