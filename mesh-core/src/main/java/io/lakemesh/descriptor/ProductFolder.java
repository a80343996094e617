package io.lakemesh.descriptor;

import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.document.Shown;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a product's folder: one {@code *.odps.yaml} in it, and the {@code *.odcs.yaml} contracts in it or below. Nothing outside
 * the folder is read: symbolic links are refused, and what a descriptor refers to is looked for among these contracts only.
 */
public final class ProductFolder {
    private ProductFolder() {}

    /**
     * Reads the product and all of its contracts.
     *
     * @throws InvalidInputException with every problem of every file
     */
    public static ProductDescriptor load(Path folder) {
        Problems problems = new Problems();
        FolderListing listing = FolderListing.of(folder, problems);
        Optional<DataProduct> product =
                listing.product().flatMap(file -> load(folder, file, DataProducts::of, problems));
        List<DataContract> contracts = listing.contracts().stream()
                .flatMap(file -> load(folder, file, DataContracts::of, problems).stream())
                .toList();
        reportTwins(contracts, problems);
        product.ifPresent(found -> reportUnnamed(found, contracts, problems));
        problems.throwIfErrors();
        return new ProductDescriptor(product.orElseThrow(), contracts, problems.warnings());
    }

    /**
     * The product folders in a folder and below, sorted: those that hold an {@code *.odps.yaml}. Hidden folders are left out, and
     * so is what a product's folder holds.
     *
     * @throws InvalidInputException if it cannot be listed
     */
    public static List<Path> below(Path folder) {
        List<Path> found = new ArrayList<>();
        collect(folder, 0, found);
        return List.copyOf(found);
    }

    private static void collect(Path folder, int depth, List<Path> found) {
        try (Stream<Path> listed = Files.list(folder)) {
            List<Path> children = listed.sorted().toList();
            if (children.stream().anyMatch(file -> file.toString().endsWith(FolderListing.PRODUCT))) {
                found.add(folder);
            } else if (depth < FolderListing.DEEPEST) {
                children.stream()
                        .filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
                                && !child.getFileName().toString().startsWith("."))
                        .forEach(child -> collect(child, depth + 1, found));
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot list " + folder + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static <T> Optional<T> load(
            Path folder, Path file, BiFunction<Node, Problems, Optional<T>> reader, Problems problems) {
        try {
            Node document = Documents.read(folder.resolve(file), DocumentLimits.DESCRIPTOR, LinkOption.NOFOLLOW_LINKS);
            return reader.apply(document, problems);
        } catch (InvalidInputException refusal) {
            problems.addAll(refusal.problems());
            return Optional.empty();
        }
    }

    private static void reportTwins(List<DataContract> contracts, Problems problems) {
        Map<String, Place> seen = new HashMap<>();
        for (DataContract contract : contracts) {
            Place place = contract.document().placeOf("id");
            Place earlier = seen.putIfAbsent(key(contract.id(), contract.version()), place);
            if (earlier != null) {
                problems.error(place, "contract " + shown(contract) + " stands twice, also in " + earlier);
            }
        }
    }

    private static void reportUnnamed(DataProduct product, List<DataContract> contracts, Problems problems) {
        Set<String> named = Stream.concat(
                        product.outputPorts().stream()
                                .map(port -> key(String.valueOf(port.contractId()), port.version())),
                        product.inputPorts().stream().map(port -> key(port.contractId(), port.version())))
                .collect(Collectors.toSet());
        contracts.stream()
                .filter(contract -> !named.contains(key(contract.id(), contract.version())))
                .forEach(contract -> problems.warning(
                        contract.document().placeOf("id"),
                        "no port of the product names contract " + shown(contract)
                                + NearMatch.hint(key(contract.id(), contract.version()), named)));
    }

    private static String key(String id, String version) {
        return id + " " + version;
    }

    private static String shown(DataContract contract) {
        return Shown.quoted(contract.id()) + " version " + Shown.quoted(contract.version());
    }
}
