package io.lakemesh.descriptor;

import io.lakemesh.descriptor.Shape.Keys;
import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Problems;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** What the mesh's governance group expects of the policy, as it writes it: a file of tests. */
public final class PolicyTestsDocument {
    private static final List<String> VERSIONS = List.of("v1.0.0");
    private static final int MOST_ROWS = 100;
    private static final String DENIED = "denied";
    private static final String GIVEN = "given";
    private static final String EXPECT = "expect";
    private static final String SEES = "sees";

    private static final Shape ROWS = new Shape.Items(Keys.anyOf("a row"), 1, MOST_ROWS, false);
    private static final Shape SEEN = new Shape.Items(Keys.anyOf("a row"), 0, MOST_ROWS, false);

    private static final Shape SUBJECT =
            Keys.of("a subject").text("user!", "purpose").with(Shape.listOf(new Shape.Text()), "groups");

    private static final Shape EXPECTATION = Keys.of("an expectation")
            .with(new Shape.Flag(), DENIED)
            .text("role", "rows")
            .with(Keys.anyOf("columns"), "columns")
            .with(Shape.listOf(new Shape.Text()), "reveals")
            .with(SEEN, SEES)
            .rule(PolicyTestsDocument::requireSomething);

    private static final Shape TEST = Keys.of("a test")
            .text("name!", "product!", "object")
            .with(SUBJECT, "as!")
            .with(ROWS, GIVEN)
            .with(EXPECTATION, EXPECT + "!")
            .rule(PolicyTestsDocument::requireRowsBeside);

    private static final Standard STANDARD = new Standard(
            "the policy tests v1.0.0",
            VERSIONS,
            Keys.of("the policy tests")
                    .with(new Shape.Version(VERSIONS), "apiVersion!")
                    .with(Shape.choice("PolicyTests"), "kind!")
                    .text("description")
                    .with(new Shape.Items(TEST, 1, Integer.MAX_VALUE, false), "tests!"));

    private PolicyTestsDocument() {}

    private static void requireSomething(Node.Mapping expectation, Problems problems) {
        boolean denied = expectation.get(DENIED).isPresent();
        if (expectation.entries().isEmpty()) {
            problems.error(
                    expectation.place(),
                    "this expects nothing, expected denied, role, rows, columns, reveals or " + SEES);
        } else if (denied && expectation.entries().size() > 1) {
            problems.error(expectation.placeOf(DENIED), "whoever is denied sees nothing, expected no other key here");
        } else if (denied && !expectation.text(DENIED).orElse("true").equals("true")) {
            problems.error(expectation.placeOf(DENIED), "expected true; of who is not denied, say what is seen");
        }
    }

    private static void requireRowsBeside(Node.Mapping test, Problems problems) {
        boolean sees = test.entries().get(EXPECT) instanceof Node.Mapping expectation
                && expectation.get(SEES).isPresent();
        if (sees != test.get(GIVEN).isPresent()) {
            problems.error(
                    test.placeOf(sees ? EXPECT : GIVEN),
                    "a test has the rows that are there (" + GIVEN + ") and what is seen of them (" + EXPECT + ": "
                            + SEES + "), or neither");
        }
    }

    /**
     * Reads a file of tests.
     *
     * @return of the right shape; what it says is not yet looked at
     * @throws InvalidInputException with every problem of its shape
     */
    public static Node.Mapping read(Path file) {
        Node document = Documents.read(file, DocumentLimits.DESCRIPTOR, LinkOption.NOFOLLOW_LINKS);
        Problems problems = new Problems();
        problems.addAll(STANDARD.check(document));
        problems.throwIfErrors();
        return (Node.Mapping) document;
    }
}
