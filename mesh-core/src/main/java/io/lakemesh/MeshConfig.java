package io.lakemesh;

import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a mesh is set up: {@code mesh.yaml}, or the embedded defaults. Holds no secret, only references to them: they are resolved
 * when a service is opened.
 *
 * @param name the mesh's name
 * @param identity who acts, for the provenance
 * @param home the folder of {@code mesh.yaml}, or the one that {@code .mesh} is in; relative paths start here
 * @param sections the entries of {@code catalog}, {@code warehouse} and the other services, by section; those of a mapping
 *     {@code properties} as {@code properties.X}
 */
public record MeshConfig(String name, String identity, Path home, Map<String, Map<String, String>> sections) {
    private static final String FILE = "mesh.yaml";
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String RELEASES = "releases";
    private static final int DEFAULT_RELEASES = 100;
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String PROPERTIES = "properties";
    private static final Pattern URI_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");
    private static final Map<String, List<String>> KEYS = Map.of(
            "mesh", List.of("name", "identity"),
            "catalog",
                    List.of(
                            "type",
                            "uri",
                            "user",
                            "password",
                            "warehouse",
                            "token",
                            "credential",
                            "scope",
                            "oauth2-server-uri",
                            "ca",
                            PROPERTIES),
            "warehouse",
                    List.of(
                            "location",
                            "endpoint",
                            "region",
                            "path-style",
                            "access-key",
                            "secret-key",
                            "session-token",
                            "ca",
                            "file-io",
                            PROPERTIES),
            "policy", List.of("folder", "decider", "url", "timeout", "catalog", "signing-key", "signing-algorithm"),
            "keys", List.of("provider", "location", "prefix", "master-key", "kms"),
            "audit", List.of("folder"),
            "retention", List.of(RELEASES),
            "trino", List.of("url", "user", "password"));

    public MeshConfig {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        sections.forEach((section, entries) -> copy.put(section, Map.copyOf(entries)));
        sections = Collections.unmodifiableMap(copy);
    }

    /** {@code type} and what that type needs, with secrets as references. */
    public Map<String, String> catalog() {
        return section("catalog");
    }

    /** {@code location} and what its storage needs, with secrets as references. */
    public Map<String, String> warehouse() {
        return section("warehouse");
    }

    /** How many of a product's newest releases stay readable when its tables are maintained. */
    public int releasesKept() {
        String releases = section("retention").get(RELEASES);
        return releases == null ? DEFAULT_RELEASES : Integer.parseInt(releases);
    }

    /** The folder of the mesh's policy; empty where the mesh has none. */
    public Optional<Path> policyFolder() {
        return Optional.ofNullable(section("policy").get("folder")).map(home::resolve);
    }

    /** Where the audit's journals are, until they are in its table: beside {@code mesh.yaml} unless it says otherwise. */
    public Path auditFolder() {
        return home.resolve(section("audit").getOrDefault("folder", ".mesh/audit"));
    }

    /** What decides on reads and where, with secrets as references. */
    public Map<String, String> policy() {
        return section("policy");
    }

    private Map<String, String> section(String section) {
        return sections.getOrDefault(section, Map.of());
    }

    /**
     * A section's entries with secrets in the place of references: for opening a service, never to be shown.
     *
     * @throws InvalidInputException if an environment variable is not set or a file cannot be read
     */
    public Map<String, String> resolved(String section) {
        return new References(home, System::getenv).resolve(section, section(section));
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
                refuseSecrets(mapping, problems);
            } else if (KEYS.containsKey(section)) {
                problems.error(node.place(), "'" + section + "' must be a mapping of " + KEYS.get(section));
            }
        });
        if (document.entries().get("retention") instanceof Node.Mapping retention) {
            retention
                    .text(RELEASES)
                    .filter(text -> !COUNT.matcher(text).matches())
                    .ifPresent(text -> problems.error(
                            retention.placeOf(RELEASES), "'" + RELEASES + "' must be a whole number from 1"));
        }
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

    private static void refuseSecrets(Node.Mapping section, Problems problems) {
        section.entries().forEach((key, node) -> {
            if (key.equals(PROPERTIES) && node instanceof Node.Mapping properties) {
                refuseSecrets(properties, problems);
            } else if (key.equals(PROPERTIES) || section.text(key).isEmpty()) {
                problems.error(
                        node.place(), "'" + key + "' must be a " + (key.equals(PROPERTIES) ? "mapping" : "text"));
            } else {
                section.text(key)
                        .map(text -> References.problem(key, text))
                        .ifPresent(problem -> problems.error(node.place(), problem));
            }
        });
    }

    private static MeshConfig of(Node.Mapping document, Path home) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        document.entries().keySet().forEach(section -> sections.put(section, texts(document, section)));
        Map<String, String> mesh = texts(document, "mesh");
        Map<String, String> catalog = texts(document, "catalog");
        catalog.putIfAbsent("type", "jdbc");
        if (isJdbc(catalog)) {
            catalog.putIfAbsent("uri", SQLITE + home.resolve(".mesh").resolve("catalog.db"));
        }
        Map<String, String> warehouse = texts(document, "warehouse");
        warehouse.putIfAbsent(
                "location", home.resolve(".mesh").resolve("warehouse").toString());
        catalog.computeIfPresent("uri", (key, uri) -> anchored(uri, home));
        warehouse.computeIfPresent("location", (key, location) -> anchored(location, home));
        catalog.computeIfPresent("ca", (key, file) -> anchored(file, home));
        warehouse.computeIfPresent("ca", (key, file) -> anchored(file, home));
        sections.remove("mesh");
        sections.put("catalog", catalog);
        sections.put("warehouse", warehouse);
        return new MeshConfig(
                mesh.getOrDefault("name", "mesh"),
                Optional.ofNullable(mesh.get("identity")).orElseGet(() -> System.getProperty("user.name", "unknown")),
                home,
                sections);
    }

    private static boolean isJdbc(Map<String, String> catalog) {
        return "jdbc".equals(catalog.get("type"));
    }

    /** A path, or a SQLite file, seen from the folder of the configuration; other URIs as they are. */
    private static String anchored(String location, Path home) {
        if (location.startsWith(SQLITE)) {
            return SQLITE + home.resolve(location.substring(SQLITE.length()));
        }
        return URI_SCHEME.matcher(location).lookingAt() || location.startsWith("${")
                ? location
                : home.resolve(location).toString();
    }

    private static Map<String, String> texts(Node.Mapping document, String section) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (document.entries().get(section) instanceof Node.Mapping mapping) {
            mapping.entries().keySet().forEach(key -> mapping.text(key).ifPresent(text -> texts.put(key, text)));
            if (mapping.entries().get(PROPERTIES) instanceof Node.Mapping) {
                texts(mapping, PROPERTIES).forEach((key, text) -> texts.put(PROPERTIES + "." + key, text));
            }
        }
        return texts;
    }

    @Override
    public String toString() {
        return "MeshConfig[name=" + name + ", identity=" + identity + ", home=" + home + "]";
    }
}
