package io.lakemesh.descriptor;

import io.lakemesh.document.Shown;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the descriptors of a product's folder, within limits, following no link. */
final class FolderListing {
    static final int DEEPEST = 8;
    static final int MOST_ENTRIES = 10_000;
    static final int MOST_CONTRACTS = 200;
    static final long MOST_BYTES = 16L << 20;

    static final String PRODUCT = ".odps.yaml";
    private static final String CONTRACT = ".odcs.yaml";

    private final Path folder;
    private final Problems problems;
    private final List<Path> products = new ArrayList<>();
    private final List<Path> contracts = new ArrayList<>();
    private int entries;
    private long bytes;

    private FolderListing(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /** Lists a folder; what is odd in it is added to the problems. */
    static FolderListing of(Path folder, Problems problems) {
        FolderListing listing = new FolderListing(folder, problems);
        if (Files.isDirectory(folder)) {
            listing.list(folder, 0);
            listing.check();
        } else {
            problems.error(
                    listing.place(folder),
                    Files.exists(folder)
                            ? "this is no folder, expected a product's folder"
                            : "there is no such folder");
        }
        return listing;
    }

    /** The product's file, relative to the folder; empty unless there is exactly one. */
    Optional<Path> product() {
        return products.size() == 1 ? Optional.of(products.get(0)) : Optional.empty();
    }

    /** The contracts' files in the order of their names, relative to the folder; empty if they are too large to read. */
    List<Path> contracts() {
        return bytes > MOST_BYTES
                ? List.of()
                : contracts.stream().sorted().limit(MOST_CONTRACTS).toList();
    }

    private void list(Path current, int depth) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(current)) {
            for (Path child : stream) {
                entries++;
                if (entries > MOST_ENTRIES) {
                    return;
                }
                children.add(child);
            }
        } catch (IOException | DirectoryIteratorException e) {
            problems.error(
                    place(current), "the folder cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        children.sort(Comparator.naturalOrder());
        children.forEach(child -> entry(child, depth));
    }

    private void entry(Path path, int depth) {
        String name = path.getFileName().toString();
        if (Files.isSymbolicLink(path)) {
            link(path, name);
        } else if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            file(path, name, depth);
        } else if (!name.startsWith(".")) {
            below(path, depth + 1);
        }
    }

    private void link(Path path, String name) {
        if (name.endsWith(PRODUCT) || name.endsWith(CONTRACT)) {
            problems.error(place(path), "this is a symbolic link, expected the file itself");
        } else if (Files.isDirectory(path) && !name.startsWith(".")) {
            problems.warning(place(path), "this symbolic link is not followed");
        }
    }

    private void below(Path path, int depth) {
        if (depth > DEEPEST) {
            problems.warning(place(path), "this folder is deeper than " + DEEPEST + " levels and is not looked into");
        } else {
            list(path, depth);
        }
    }

    private void file(Path path, String name, int depth) {
        if (name.endsWith(CONTRACT)) {
            contracts.add(folder.relativize(path));
            bytes += size(path);
        } else if (name.endsWith(PRODUCT) && depth == 0) {
            products.add(folder.relativize(path));
        } else if (isNearlyDescriptor(name)) {
            problems.warning(
                    place(path),
                    "this file is left out, expected the name to end in " + CONTRACT
                            + " (or, in the product's own folder, " + PRODUCT + ")");
        }
    }

    private long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            problems.error(
                    place(path), "the file cannot be read (" + e.getClass().getSimpleName() + ")");
            return 0;
        }
    }

    private static boolean isNearlyDescriptor(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.matches("(?s).*\\.od[pc]s\\.(ya?ml|json)");
    }

    private void check() {
        if (entries > MOST_ENTRIES) {
            problems.error(place(folder), "the folder holds more than " + MOST_ENTRIES + " files, expected fewer");
        }
        if (contracts.size() > MOST_CONTRACTS) {
            problems.error(
                    place(folder), "the folder holds more than " + MOST_CONTRACTS + " contracts, expected fewer");
        }
        if (bytes > MOST_BYTES) {
            problems.error(
                    place(folder), "the contracts are larger than " + MOST_BYTES + " bytes together, expected fewer");
        }
        if (products.isEmpty()) {
            problems.error(place(folder), "the folder holds no product, expected one file named *" + PRODUCT);
        } else if (products.size() > 1) {
            List<String> names =
                    products.stream().map(path -> Shown.plain(path.toString())).toList();
            problems.error(
                    place(folder),
                    "the folder holds several products (" + String.join(", ", names) + "), expected one");
        }
    }

    private Place place(Path path) {
        return Place.of(Shown.plain(path.toString()));
    }
}
