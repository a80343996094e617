package io.lakemesh.iceberg.file;

import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the files that a path, a folder or a glob means. */
final class InputFiles {
    private static final String GLOB_CHARACTERS = "*?[{";

    private InputFiles() {}

    /** The files in the order in which they are read; never empty. */
    static List<Path> find(String pathOrGlob) {
        try {
            return findFiles(pathOrGlob);
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidInputException("Cannot list input " + Shown.name(pathOrGlob) + ": " + Shown.cause(e), e);
        } catch (InvalidPathException | PatternSyntaxException e) {
            throw new InvalidInputException("Invalid input path " + Shown.name(pathOrGlob), e);
        }
    }

    private static List<Path> findFiles(String pathOrGlob) throws IOException {
        // whatever exists under that very name wins, so that names with brackets need no escapes
        if (!isGlob(pathOrGlob) || Files.exists(Path.of(pathOrGlob))) {
            Path path = Path.of(pathOrGlob);
            return Files.isDirectory(path) ? inFolder(path) : List.of(file(path));
        }
        return byGlob(pathOrGlob.replaceAll("/+", "/"));
    }

    private static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
    }

    private static Path file(Path path) {
        if (!Files.exists(path)) {
            throw new InvalidInputException("Cannot find input " + Shown.name(path.toString()) + " (looked for "
                    + Shown.name(path.toAbsolutePath().toString()) + ")");
        }
        return supported(path);
    }

    private static Path supported(Path path) {
        if (FileFormat.of(path.toString()).isEmpty()) {
            throw new InvalidInputException("Cannot read input " + Shown.name(path.toString())
                    + ": its name tells no supported format, expected one of " + FileFormat.supported());
        }
        return path;
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(InputFiles::isVisibleFile)
                    .filter(path -> FileFormat.of(path.toString()).isPresent())
                    .sorted()
                    .toList();
            return notEmpty(files, "in folder " + Shown.name(folder.toString()));
        }
    }

    private static List<Path> byGlob(String glob) throws IOException {
        Path folder = fixedPart(glob);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        if (!Files.isDirectory(folder)) {
            return notEmpty(List.of(), "by " + Shown.name(glob));
        }
        int depth = glob.contains("**")
                ? Integer.MAX_VALUE
                : (int) glob.chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> entries = Files.walk(folder, depth)) {
            List<Path> files = entries.filter(InputFiles::isVisibleFile)
                    .filter(matcher::matches)
                    .map(InputFiles::supported)
                    .sorted()
                    .toList();
            return notEmpty(files, "by " + Shown.name(glob));
        }
    }

    private static Path fixedPart(String glob) {
        int firstSpecial = 0;
        while (GLOB_CHARACTERS.indexOf(glob.charAt(firstSpecial)) < 0) {
            firstSpecial++;
        }
        int slash = glob.lastIndexOf('/', firstSpecial);
        return Path.of(slash < 0 ? "" : slash == 0 ? "/" : glob.substring(0, slash));
    }

    private static boolean isVisibleFile(Path path) {
        String name = String.valueOf(path.getFileName());
        return !name.startsWith(".") && !name.startsWith("_") && Files.isRegularFile(path);
    }

    private static List<Path> notEmpty(List<Path> files, String where) {
        if (files.isEmpty()) {
            throw new InvalidInputException(
                    "Cannot find any input file " + where + ", expected names that end in " + FileFormat.supported());
        }
        return files;
    }
}
