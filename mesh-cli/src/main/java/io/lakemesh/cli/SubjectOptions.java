package io.lakemesh.cli;

import io.lakemesh.Product;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.policy.Subject;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who reads. A claim, which nothing proves: for owners and tests. */
final class SubjectOptions {
    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "shows what this user would see; without it, the mesh's owner reads everything")
    private @Nullable String user;

    @Option(
            names = "--groups",
            paramLabel = "GROUP",
            split = ",",
            description = "the user's groups, with commas between them; key:value is an attribute")
    private List<String> groups = List.of();

    @Option(names = "--purpose", paramLabel = "PURPOSE", description = "what the user wants it for")
    private @Nullable String purpose;

    /** The product as the user sees it. */
    Product apply(Product product) {
        return isGiven() ? product.as(subject()) : product;
    }

    boolean isGiven() {
        return user != null || !groups.isEmpty() || purpose != null;
    }

    Subject subject() {
        if (user == null) {
            throw new InvalidInputException("Invalid options: --groups and --purpose belong to --as USER");
        }
        Subject subject = new Subject(user, new TreeSet<>(groups));
        return purpose == null ? subject : subject.forPurpose(purpose);
    }
}
