package io.lakemesh;

import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * References in {@code mesh.yaml} to what does not stand there: {@code ${env:NAME}} and {@code ${file:PATH}}. Resolved when a
 * service is opened, so that a configuration holds no secret and can be shown.
 */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(password|passwd|secret|token|credential|signing-key|master-key).*");
    private static final Pattern PASSWORD_IN_URI = Pattern.compile("(?i).*([?&;]password=[^&;]+|//[^/@]*:[^/@]+@).*");

    /** Named like secrets, but none. */
    private static final Set<String> PLAIN = Set.of("oauth2-server-uri", "properties.oauth2-server-uri");

    private final Path home;
    private final Function<String, @Nullable String> environment;

    /**
     * References as seen from a configuration.
     *
     * @param home where relative paths start
     * @param environment the value of an environment variable; null if it is not set
     */
    References(Path home, Function<String, @Nullable String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** What is wrong with an entry of the configuration; null if nothing is. */
    static @Nullable String problem(String key, String value) {
        Matcher references = REFERENCE.matcher(value);
        while (references.find()) {
            String target = references.group(1);
            if (!target.startsWith("env:") && !target.startsWith("file:")) {
                return "unknown reference in '" + key + "': expected ${env:NAME} or ${file:PATH}";
            }
        }
        boolean whole = REFERENCE.matcher(value).matches();
        if (SECRET.matcher(key).matches() && !PLAIN.contains(key) && !whole) {
            return "'" + key + "' must be a reference, ${env:NAME} or ${file:PATH}: secrets do not stand in mesh.yaml";
        }
        if (PASSWORD_IN_URI.matcher(REFERENCE.matcher(value).replaceAll("")).matches()) {
            return "'" + key + "' holds a password: give it as 'password', by a reference";
        }
        return null;
    }

    /**
     * A section's entries with what they refer to in its place.
     *
     * @throws InvalidInputException if a variable is not set or a file cannot be read
     */
    Map<String, String> resolve(String section, Map<String, String> entries) {
        Map<String, String> resolved = new LinkedHashMap<>();
        entries.forEach((key, value) -> resolved.put(
                key,
                REFERENCE
                        .matcher(value)
                        .replaceAll(found -> Matcher.quoteReplacement(target(section + "." + key, found.group(1))))));
        return resolved;
    }

    private String target(String entry, String reference) {
        String name = reference.substring(reference.indexOf(':') + 1);
        return reference.startsWith("env:") ? variable(entry, name) : content(entry, name);
    }

    private String variable(String entry, String name) {
        String value = environment.apply(name);
        if (value == null) {
            throw new InvalidInputException(
                    "Cannot use " + entry + " of mesh.yaml: environment variable " + name + " is not set");
        }
        return value;
    }

    private String content(String entry, String name) {
        Path file = home.resolve(name);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new InvalidInputException("Cannot use " + entry + " of mesh.yaml: cannot read " + file, e);
        }
    }
}
