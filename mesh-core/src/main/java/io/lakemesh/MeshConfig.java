package io.lakemesh;

import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a mesh is set up: {@code mesh.yaml}, or the embedded defaults. {@code toString()} shows no value of the catalog's or the
 * warehouse's entries, which may be secrets.
 *
 * @param name the mesh's name
 * @param identity who acts, for the provenance
 * @param home the folder of {@code mesh.yaml}, or the one that {@code .mesh} is in; relative paths start here
 * @param catalog {@code type} and what that type needs
 * @param warehouse {@code location} and what its storage needs
 */
public record MeshConfig(
        String name, String identity, Path home, Map<String, String> catalog, Map<String, String> warehouse) {
    private static final String FILE = "mesh.yaml";
    private static final String SQLITE = "jdbc:sqlite:";
    private static final Pattern URI_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");
    private static final Map<String, List<String>> KEYS = Map.of(
            "mesh", List.of("name", "identity"), "catalog", List.of("type", "uri"), "warehouse", List.of("location"));

    public MeshConfig {
        catalog = Map.copyOf(catalog);
        warehouse = Map.copyOf(warehouse);
    }

    /** The nearest {@code mesh.yaml} from a folder upward; without one, the embedded defaults in that folder. */
    public static MeshConfig find(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve(FILE))) {
                return read(at.resolve(FILE));
            }
        }
        return embedded(folder);
    }

    /** A SQLite catalog and local files in {@code .mesh} under a folder. */
    public static MeshConfig embedded(Path folder) {
        return of(Node.mapping().build(), folder.toAbsolutePath().normalize());
    }

    /**
     * Reads a {@code mesh.yaml}.
     *
     * @throws io.lakemesh.error.InvalidInputException with every problem of it
     */
    public static MeshConfig read(Path file) {
        if (!(Documents.read(file) instanceof Node.Mapping document)) {
            throw new InvalidInputException(file + ": expected a mapping of " + KEYS.keySet());
        }
        Problems problems = new Problems();
        refuseUnknown(document, KEYS.keySet(), problems);
        document.entries().forEach((section, node) -> {
            if (KEYS.containsKey(section) && node instanceof Node.Mapping mapping) {
                refuseUnknown(mapping, KEYS.get(section), problems);
            } else if (KEYS.containsKey(section)) {
                problems.error(node.place(), "'" + section + "' must be a mapping of " + KEYS.get(section));
            }
        });
        problems.throwIfErrors();
        return of(
                document,
                Objects.requireNonNull(file.toAbsolutePath().normalize().getParent()));
    }

    private static void refuseUnknown(Node.Mapping mapping, java.util.Collection<String> known, Problems problems) {
        mapping.entries().keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key ->
                        problems.error(mapping.placeOf(key), "unknown key '" + key + "'" + NearMatch.hint(key, known)));
    }

    private static MeshConfig of(Node.Mapping document, Path home) {
        Map<String, String> catalog = texts(document, "catalog");
        catalog.putIfAbsent("type", "jdbc");
        catalog.putIfAbsent("uri", "jdbc:sqlite:" + home.resolve(".mesh").resolve("catalog.db"));
        Map<String, String> warehouse = texts(document, "warehouse");
        warehouse.putIfAbsent(
                "location", home.resolve(".mesh").resolve("warehouse").toString());
        catalog.computeIfPresent("uri", (key, uri) -> anchored(uri, home));
        warehouse.computeIfPresent("location", (key, location) -> anchored(location, home));
        Map<String, String> mesh = texts(document, "mesh");
        return new MeshConfig(
                mesh.getOrDefault("name", "mesh"),
                Optional.ofNullable(mesh.get("identity")).orElseGet(() -> System.getProperty("user.name", "unknown")),
                home,
                catalog,
                warehouse);
    }

    /** A path, or a SQLite file, seen from the folder of the configuration; other URIs as they are. */
    private static String anchored(String location, Path home) {
        if (location.startsWith(SQLITE)) {
            return SQLITE + home.resolve(location.substring(SQLITE.length()));
        }
        return URI_SCHEME.matcher(location).lookingAt()
                ? location
                : home.resolve(location).toString();
    }

    private static Map<String, String> texts(Node.Mapping document, String section) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (document.entries().get(section) instanceof Node.Mapping mapping) {
            mapping.entries().keySet().forEach(key -> mapping.text(key).ifPresent(text -> texts.put(key, text)));
        }
        return texts;
    }

    @Override
    public String toString() {
        return "MeshConfig[name=" + name + ", identity=" + identity + ", home=" + home + "]";
    }
}
