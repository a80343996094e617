package io.lakemesh.descriptor;

import io.lakemesh.document.Node;
import io.lakemesh.error.Problem;
import io.lakemesh.error.Problems;
import java.util.Comparator;
import java.util.List;

/**
 * A published standard for one kind of document, as a shape.
 *
 * <p>The verdict is that of the standard's JSON schema, where {@code format} (uri, date, date-time) is a remark and no demand. It
 * differs for documents of a later minor version than the newest one known: these are accepted, and what is unknown in them is
 * kept, with warnings.
 *
 * @param name with its version, for messages
 * @param versions every {@code apiVersion} known, the newest first
 */
record Standard(String name, List<String> versions, Shape.Keys root) {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparingInt(
                    (Problem problem) -> problem.place().line())
            .thenComparingInt(problem -> problem.place().column());

    private static final int MOST_PROBLEMS = 1_000;

    /** What is wrong or odd in a document, in the order of the file: errors first if there are more than can be shown. */
    List<Problem> check(Node document) {
        Problems problems = new Problems();
        new ShapeCheck(name, isNewer(document), problems).check(document, root, root.title());
        return cut(problems.all()).stream().sorted(BY_PLACE).toList();
    }

    private static List<Problem> cut(List<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(Problem::severity))
                .limit(MOST_PROBLEMS)
                .toList();
    }

    private boolean isNewer(Node document) {
        return document instanceof Node.Mapping mapping
                && mapping.entries().get("apiVersion") instanceof Node.Scalar scalar
                && scalar.value() instanceof String text
                && ApiVersion.isNewerMinor(text, versions.get(0));
    }
}
