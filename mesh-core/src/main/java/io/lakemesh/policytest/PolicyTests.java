package io.lakemesh.policytest;

import io.lakemesh.descriptor.PolicyTestsDocument;
import io.lakemesh.document.Node;
import io.lakemesh.document.Shown;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tests of a mesh's policy: the files {@code tests/*.yaml} in its folder. */
public final class PolicyTests {
    private static final String FOLDER = "tests";
    private static final String EXTENSION = ".yaml";

    private final List<PolicyTest> tests;

    private PolicyTests(List<PolicyTest> tests) {
        this.tests = List.copyOf(tests);
    }

    /**
     * Reads the tests of a policy folder.
     *
     * @throws InvalidInputException with every problem of every file, or if there is no test
     */
    public static PolicyTests read(Path policy) {
        Problems problems = new Problems();
        List<PolicyTest> tests = new ArrayList<>();
        for (Path file : files(policy.resolve(FOLDER), problems)) {
            try {
                PolicyTestsDocument.read(file).list("tests").forEach(node -> test((Node.Mapping) node, problems)
                        .ifPresent(tests::add));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        problems.throwIfErrors();
        return new PolicyTests(tests);
    }

    private static List<Path> files(Path folder, Problems problems) {
        if (!Files.isDirectory(folder)) {
            problems.error(Place.of(folder.toString()), "there is no such folder, expected tests of the policy in it");
            return List.of();
        }
        try (Stream<Path> listed = Files.list(folder)) {
            List<Path> files = listed.sorted().toList();
            files.stream()
                    .filter(file -> !isTests(file))
                    .forEach(file -> problems.error(
                            Place.of(file.toString()), "expected files of tests here only, named *" + EXTENSION));
            if (files.isEmpty()) {
                problems.error(Place.of(folder.toString()), "there is no test, expected files named *" + EXTENSION);
            }
            return files.stream().filter(PolicyTests::isTests).toList();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot list " + folder + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static boolean isTests(Path file) {
        return file.toString().endsWith(EXTENSION) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<PolicyTest> test(Node.Mapping node, Problems problems) {
        return subject((Node.Mapping) node.get("as").orElseThrow(), problems)
                .map(subject -> new PolicyTest(
                        node.text("name").orElseThrow(),
                        node.text("product").orElseThrow(),
                        node.text("object").orElse(null),
                        subject,
                        node));
    }

    private static Optional<Subject> subject(Node.Mapping node, Problems problems) {
        Set<String> groups = new TreeSet<>();
        node.list("groups").forEach(group -> ((Node.Scalar) group).text().ifPresent(groups::add));
        try {
            Subject subject = new Subject(node.text("user").orElseThrow(), groups);
            return Optional.of(node.text("purpose").map(subject::forPurpose).orElse(subject));
        } catch (InvalidInputException e) {
            problems.error(node.placeOf("user"), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * The tests on tables: one trial for each table that a test selects.
     *
     * @param tables that there are, with field ids
     * @throws InvalidInputException with every test that selects no table, or expects what its table cannot show
     */
    public List<Trial> on(List<TablePolicy> tables) {
        Problems problems = new Problems();
        List<Trial> trials = new ArrayList<>();
        for (PolicyTest test : tests) {
            List<TablePolicy> selected = tables.stream().filter(test::concerns).toList();
            if (selected.isEmpty()) {
                reportNothing(test, tables, problems);
            }
            selected.forEach(table -> trials.add(new TrialReader(test, table, problems).read()));
        }
        problems.throwIfErrors();
        return trials;
    }

    private static void reportNothing(PolicyTest test, List<TablePolicy> tables, Problems problems) {
        List<TablePolicy> products = tables.stream()
                .filter(table -> table.product().matches(test.product()))
                .toList();
        boolean known = !products.isEmpty();
        List<String> names = (known ? products : tables)
                .stream()
                        .map(table -> known ? table.object() : table.product().toString())
                        .distinct()
                        .sorted()
                        .toList();
        String wanted = known ? String.valueOf(test.object()) : test.product();
        problems.error(
                test.node().placeOf(known ? "object" : "product"),
                "no " + (known ? "object " : "product ") + Shown.quoted(wanted)
                        + (names.isEmpty() ? ": nothing was published" : ", there are " + names)
                        + NearMatch.hint(wanted, names));
    }
}
