package io.lakemesh.cli.demo;

import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the stop-and-search product of any police force from the one template in {@code examples/police/template}. */
public final class PoliceProducts {
    private static final Pattern FORCE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final List<String> FILES =
            List.of("stop-and-search.odps.yaml", "contracts/stop-and-search.odcs.yaml");
    private static final List<String> POLICY = List.of("policy/mesh-policy.yaml", "policy/tests/stop-and-search.yaml");
    private static final List<String> SMALL_WORDS = List.of("of", "and");

    private PoliceProducts() {}

    /**
     * Writes a force's product folder, in place of what is there.
     *
     * @param force its name on data.police.uk: {@code essex}, {@code city-of-london}
     * @throws InvalidInputException if that is no such name
     */
    public static Path write(Path folder, String force) {
        if (force.length() > 64 || !FORCE.matcher(force).matches()) {
            throw new InvalidInputException(
                    "Invalid force: expected its name on data.police.uk, such as essex or city-of-london");
        }
        FILES.forEach(file -> writeFile(folder.resolve(file), render(template(file), force)));
        return folder;
    }

    /** Writes the policy of a mesh of forces, and its tests: the folder {@code policy} of a mesh's folder. */
    public static void writePolicy(Path mesh) {
        POLICY.forEach(file -> writeFile(mesh.resolve(file), template(file)));
    }

    private static String render(String template, String force) {
        return template.replace("<force>", force).replace("<force-title>", title(force));
    }

    /** {@code city-of-london} as {@code City of London Police}. */
    static String title(String force) {
        return Arrays.stream(force.split("-"))
                        .map(word -> SMALL_WORDS.contains(word)
                                ? word
                                : Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining(" "))
                + " Police";
    }

    private static String template(String file) {
        try (InputStream in = PoliceProducts.class.getResourceAsStream("template/" + file)) {
            if (in == null) {
                throw new IllegalStateException("Cannot find the template's " + file + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the template's " + file, e);
        }
    }

    private static void writeFile(Path file, String content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
