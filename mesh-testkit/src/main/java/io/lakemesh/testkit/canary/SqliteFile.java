package io.lakemesh.testkit.canary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

/** A SQLite database with its log, read from a copy: opening one changes it, and a long value is cut over pages. */
final class SqliteFile {
    private static final String BEGINNING = "SQLite format 3\0";

    private SqliteFile() {}

    static boolean isOne(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).startsWith(BEGINNING);
    }

    static boolean read(Path file, Predicate<Connection> found) {
        try {
            Path folder = Files.createTempDirectory("copy");
            Path copy = folder.resolve("copy.db");
            try {
                copy(file, copy);
                try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
                    return found.test(connection);
                }
            } finally {
                for (String name : List.of("copy.db", "copy.db-wal", "copy.db-shm", "copy.db-journal", "")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read " + file, e);
        }
    }

    private static void copy(Path file, Path copy) throws IOException {
        Files.copy(file, copy);
        for (String log : List.of("-wal", "-journal")) {
            Path of = Path.of(file + log);
            if (Files.exists(of)) {
                Files.copy(of, Path.of(copy + log));
            }
        }
    }
}
