package io.lakemesh.governance.trino;

import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of Trino's configuration folder with which it obeys the mesh's policy: access control by Open Policy Agent, the groups of
 * its users, a catalog of the mesh's tables. No secret is in them.
 */
public final class TrinoConfig {
    /** What belongs into Trino's own {@code config.properties}: patterns mean what they mean in the policy. */
    public static final Map<String, String> SERVER = Map.of("regex-library", "RE2J");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final String opa;
    private final Map<String, Set<String>> groups = new TreeMap<>();
    private final Map<String, TrinoCatalog> catalogs = new TreeMap<>();

    private TrinoConfig(String opa) {
        this.opa = opa;
    }

    /** A set-up that asks the OPA at an address; it knows no user's groups and has no catalog. */
    public static TrinoConfig of(String opa) {
        try {
            URI address = URI.create(opa.endsWith("/") ? opa : opa + "/");
            if (address.getHost() != null) {
                return new TrinoConfig(address.toString());
            }
        } catch (IllegalArgumentException e) {
            throw invalidUrl();
        }
        throw invalidUrl();
    }

    private static InvalidInputException invalidUrl() {
        return new InvalidInputException("Invalid policy url: expected one such as http://127.0.0.1:8181");
    }

    /** Adds a user and the groups that the user has in Trino, purposes and attributes among them. */
    public TrinoConfig user(String user, Set<String> groups) {
        this.groups.put(user, Set.copyOf(groups));
        return this;
    }

    /** Adds the users of a YAML file: a mapping of their names to lists of groups. */
    public TrinoConfig users(Path file) {
        TrinoGroups.read(file).forEach(this::user);
        return this;
    }

    /**
     * Adds a catalog by which Trino reads the mesh.
     *
     * @param catalog section {@code catalog} of {@code mesh.yaml}, with secrets as references
     * @param warehouse section {@code warehouse}
     */
    public TrinoConfig catalog(String name, Map<String, String> catalog, Map<String, String> warehouse) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException("Invalid name of a catalog: expected lower-case letters, digits and _");
        }
        catalogs.put(name, new TrinoCatalog(catalog, warehouse));
        return this;
    }

    /** The variables that Trino's environment must have. */
    public List<String> environment() {
        return catalogs.values().stream()
                .flatMap(catalog -> catalog.environment().stream())
                .sorted()
                .distinct()
                .toList();
    }

    /**
     * Writes the files, over those of an earlier time.
     *
     * @param folder Trino's, that has {@code config.properties}
     * @return the files
     */
    public List<Path> write(Path folder) {
        Path groupFile = folder.resolve("groups.txt").toAbsolutePath().normalize();
        List<Path> files = new ArrayList<>();
        files.add(write(groupFile, TrinoGroups.file(groups)));
        files.add(write(folder.resolve("access-control.properties"), lines(accessControl())));
        files.add(write(
                folder.resolve("group-provider.properties"),
                lines(Map.of("group-provider.name", "file", "file.group-file", groupFile.toString()))));
        catalogs.forEach((name, catalog) ->
                files.add(write(folder.resolve("catalog").resolve(name + ".properties"), lines(catalog.properties()))));
        return files;
    }

    private Map<String, String> accessControl() {
        String rules = opa + "v1/data/lakemesh/trino/";
        return Map.of(
                "access-control.name", "opa",
                "opa.policy.uri", rules + "allow",
                "opa.policy.batched-uri", rules + "batch",
                "opa.policy.row-filters-uri", rules + "rowFilters",
                "opa.policy.batch-column-masking-uri", rules + "batchColumnMasks");
    }

    private static String lines(Map<String, String> properties) {
        return new TreeMap<>(properties)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    private static String escaped(String value) {
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException("Invalid value of Trino's configuration: it holds a control character");
        }
        return value.replace("\\", "\\\\");
    }

    private static Path write(Path file, String content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
