package io.lakemesh.descriptor;

import io.lakemesh.descriptor.Shape.Keys;
import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** The mesh-wide policy as its owners write it: {@code mesh-policy.yaml} in the policy's folder. */
public final class MeshPolicyDocument {
    /** The file's name in the folder. */
    public static final String FILE = "mesh-policy.yaml";

    private static final List<String> VERSIONS = List.of("v1.0.0");
    private static final Shape TEXTS = Shape.listOf(new Shape.Text());

    private static final Shape MASKS = new Shape.ListOr(
            new Shape.Items(new Shape.AnyScalar(), 1, Integer.MAX_VALUE, false), new Shape.AnyScalar());

    private static final Shape EXCEPTIONS =
            Shape.listOf(Keys.of("an exception").text("role!").with(MASKS, "mask!"));

    private static final Shape CLASSIFICATIONS = Shape.listOf(Keys.of("a classification")
            .text("name!", "description")
            .with(MASKS, "mask")
            .with(EXCEPTIONS, "exceptions")
            .with(TEXTS, "reveal"));

    private static final Shape ROLES =
            Shape.listOf(Keys.of("a role").text("name!", "description").with(TEXTS, "groups!"));

    private static final Shape PURPOSES = Shape.listOf(Keys.of("a purpose").text("name!", "description"));

    private static final Shape ROW_FILTERS = Shape.listOf(
            Keys.of("a row filter").text("id!", "description", "where!").with(TEXTS, "products", "except"));

    private static final Shape REGULATIONS = Shape.listOf(Keys.of("a regulation")
            .text("name!", "description")
            .with(TEXTS, "classifications!")
            .with(Shape.listOf(Shape.choice("purpose", "retention", "protection")), "requires!"));

    private static final Shape DECLASSIFICATIONS = Shape.listOf(Keys.of("a declassification")
            .text("column!", "to!", "reason!", "decidedBy!")
            .with(new Shape.Items(new Shape.Text(), 1, Integer.MAX_VALUE, false), "from!"));

    private static final Standard STANDARD = new Standard(
            "the mesh policy v1.0.0",
            VERSIONS,
            Keys.of("the mesh policy")
                    .with(new Shape.Version(VERSIONS), "apiVersion!")
                    .with(Shape.choice("MeshPolicy"), "kind!")
                    .text("version!", "description")
                    .with(CLASSIFICATIONS, "classifications!")
                    .with(ROLES, "roles")
                    .with(PURPOSES, "purposes")
                    .with(ROW_FILTERS, "rowFilters")
                    .with(REGULATIONS, "regulations")
                    .with(DECLASSIFICATIONS, "declassifications")
                    .with(Shape.choice("warn", "refuse"), "undeclared"));

    private MeshPolicyDocument() {}

    /**
     * Reads a policy folder's document.
     *
     * @return of the right shape; what it says is not yet looked at
     * @throws InvalidInputException with every problem of its shape, or if it is not there
     */
    public static Node.Mapping read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Problems missing = new Problems();
            missing.error(Place.of(file.toString()), "there is no such file, expected the mesh's policy");
            throw new InvalidInputException(missing.all());
        }
        Node document = Documents.read(file, DocumentLimits.DESCRIPTOR, LinkOption.NOFOLLOW_LINKS);
        Problems problems = new Problems();
        problems.addAll(STANDARD.check(document));
        problems.throwIfErrors();
        return (Node.Mapping) document;
    }
}
