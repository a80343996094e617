package io.lakemesh.testkit.canary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Looks for values in every byte of whatever was left: as they are, in the {@link Needle forms} that values take, and again in what is
 * {@link Unpacked packed} there, whole or broken off.
 */
public final class Traces {
    private static final int DEPTH = 3;

    private final List<Needle> needles = new ArrayList<>();

    /** Texts count wherever they stand, in upper and lower case; numbers as texts and as eight bytes. */
    public Traces(List<String> texts, List<Long> numbers) {
        this(texts, numbers, List.of());
    }

    /** Dates count as ISO texts and as days since 1970. */
    public Traces(List<String> texts, List<Long> numbers, List<LocalDate> dates) {
        texts.forEach(text -> needles.addAll(Needle.ofText(text)));
        numbers.forEach(number -> needles.addAll(Needle.ofNumber(number)));
        dates.forEach(date -> needles.addAll(Needle.ofDate(date)));
    }

    /** The files below a folder, or the file, that tell something by their path or content; none if there is nothing. */
    public List<Path> below(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> isIn(folder, path)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isIn(Path folder, Path path) {
        if (isIn(folder.relativize(path).toString())) {
            return true;
        }
        if (!Files.isRegularFile(path)) {
            return false;
        }
        byte[] bytes = read(path);
        return isIn(bytes) || (SqliteFile.isOne(bytes) && SqliteFile.read(path, this::isIn));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    public boolean isIn(String text) {
        return isIn(text.getBytes(StandardCharsets.UTF_8));
    }

    public boolean isIn(byte[] bytes) {
        return isIn(bytes, 0);
    }

    private boolean isIn(byte[] bytes, int depth) {
        String asTheyAre = new String(bytes, StandardCharsets.ISO_8859_1);
        String small = asTheyAre.toLowerCase(Locale.ROOT);
        return needles.stream().anyMatch(needle -> needle.isIn(asTheyAre, small, depth > 0))
                || (depth < DEPTH && Unpacked.anyMatch(bytes, inner -> isIn(inner, depth + 1)));
    }

    /** Whether a value stands in a table of a database. */
    public boolean isIn(Connection database) {
        try {
            return DatabaseDump.anyMatch(database, this::isIn);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read a database", e);
        }
    }
}
