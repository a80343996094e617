package io.lakemesh.governance.trino;

import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.policy.Subject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The groups of Trino's users as its file of groups holds them. A line ends its group at the first colon, so {@code purpose:x}
 * stands there as {@code purpose=x}, which our Rego turns back.
 */
final class TrinoGroups {
    private static final Pattern WRITABLE = Pattern.compile("[^:=\\s#]([^:=]*[^:=\\s])?(:[^:\\s]([^:]*[^:\\s])?)?");

    private TrinoGroups() {}

    /** Reads a mapping of users to lists of their groups. */
    static Map<String, Set<String>> read(Path file) {
        if (!(Documents.read(file) instanceof Node.Mapping users)) {
            throw new InvalidInputException("Invalid " + file + ": expected a mapping of users to lists of groups");
        }
        Map<String, Set<String>> groups = new TreeMap<>();
        users.entries().keySet().forEach(user -> groups.put(user, groups(users, user)));
        return groups;
    }

    private static Set<String> groups(Node.Mapping users, String user) {
        if (!(users.entries().get(user) instanceof Node.Sequence groups)) {
            throw new InvalidInputException("Invalid " + users.placeOf(user) + ": expected a list of groups");
        }
        return groups.elements().stream()
                .map(group ->
                        group instanceof Node.Scalar scalar ? scalar.text().orElse("") : "")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The file's lines, sorted. */
    static String file(Map<String, Set<String>> groups) {
        Map<String, Set<String>> users = new TreeMap<>();
        groups.forEach((user, own) -> subject(user, own).groups().forEach(group -> users.computeIfAbsent(
                        line(group), unused -> new TreeSet<>())
                .add(user)));
        return users.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + String.join(",", entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static Subject subject(String user, Set<String> groups) {
        if (!user.equals(user.strip()) || user.contains(",")) {
            throw new InvalidInputException("Invalid user: expected a name without commas and blanks around it");
        }
        return new Subject(user, groups);
    }

    private static String line(String group) {
        if (!WRITABLE.matcher(group).matches()) {
            throw new InvalidInputException("Invalid group: expected NAME or KEY:VALUE, without further colons, '=' in"
                    + " the name, and blanks around the parts");
        }
        return group.replace(':', '=');
    }
}
