package io.lakemesh.provenance;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The provenance manifest: what a release was made from, and a digest for each byte that it vouches for. A release's manifest
 * names its predecessor's digest, so that the last one vouches for the whole history. Never rewritten.
 *
 * @param release the release's number
 * @param runId the run that made it
 * @param kind how it came about
 * @param mode what the run did with the rows that were there; {@code rollback} for a rollback
 * @param publishedAt when the manifest was made
 * @param publisher the identity that published
 * @param tables every table of the release; {@code files} of each are those that this release added
 * @param quarantine the quarantine tables' versions with the rows that the run set aside
 * @param inputs what the run read
 * @param descriptors digests of the product's and contracts' documents, by name
 * @param report digest of the quality report; null for a rollback
 * @param previous digest of the manifest before; null for the first release
 * @param restores the release that a rollback points back to; null otherwise
 */
public record Manifest(
        ProductAddress address,
        String productId,
        long release,
        String runId,
        Kind kind,
        String mode,
        Instant publishedAt,
        String publisher,
        List<TableVersion> tables,
        List<TableVersion> quarantine,
        List<Input> inputs,
        Map<String, String> descriptors,
        @Nullable String report,
        @Nullable String previous,
        @Nullable Long restores) {
    private static final int FORMAT = 1;

    public Manifest {
        tables = List.copyOf(tables);
        quarantine = List.copyOf(quarantine);
        inputs = List.copyOf(inputs);
        descriptors = java.util.Collections.unmodifiableMap(new TreeMap<>(descriptors));
    }

    /** How a release came about. */
    public enum Kind {
        PUBLISH,
        ROLLBACK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Optional<String> reportDigest() {
        return Optional.ofNullable(report);
    }

    public Optional<String> previousDigest() {
        return Optional.ofNullable(previous);
    }

    public Optional<TableVersion> table(String object) {
        return tables.stream().filter(table -> table.object().equals(object)).findFirst();
    }

    public Node.Mapping toNode() {
        return Node.mapping()
                .put("format", FORMAT)
                .put("domain", address.domain())
                .put("name", address.name())
                .put("product-id", productId)
                .put("release", release)
                .put("run", runId)
                .put("kind", kind.toString())
                .put("mode", mode)
                .put("published-at", publishedAt.toString())
                .put("publisher", publisher)
                .put("tables", tables.stream().map(TableVersionNodes::write).toList())
                .put(
                        "quarantine",
                        quarantine.stream().map(TableVersionNodes::write).toList())
                .put("inputs", inputs.stream().map(Manifest::input).toList())
                .put("descriptors", descriptors)
                .putIfPresent("report", reportDigest())
                .putIfPresent("previous", previousDigest())
                .putIfPresent("restores", Optional.ofNullable(restores))
                .build();
    }

    /**
     * Reads a manifest back.
     *
     * @throws IntegrityException if it is not one, or of a format that this version does not know
     */
    public static Manifest of(Node.Mapping node) {
        if (Documented.number(node, "format") != FORMAT) {
            throw new IntegrityException(
                    "Cannot read manifest " + node.place() + ": its format is newer than this version");
        }
        return new Manifest(
                new ProductAddress(Documented.text(node, "domain"), Documented.text(node, "name")),
                Documented.text(node, "product-id"),
                Documented.number(node, "release"),
                Documented.text(node, "run"),
                Kind.valueOf(Documented.text(node, "kind").toUpperCase(Locale.ROOT)),
                Documented.text(node, "mode"),
                Documented.instant(node, "published-at"),
                Documented.text(node, "publisher"),
                TableVersionNodes.list(node, "tables"),
                TableVersionNodes.list(node, "quarantine"),
                inputs(node),
                texts(Documented.mapping(node, "descriptors")),
                node.text("report").orElse(null),
                node.text("previous").orElse(null),
                node.get("restores").isPresent() ? Documented.number(node, "restores") : null);
    }

    static Node input(Input input) {
        return Node.mapping()
                .put("object", input.object())
                .put("name", input.evidence().name())
                .put("sha256", input.evidence().sha256())
                .put("bytes", input.evidence().bytes())
                .put("rows", input.evidence().rows())
                .putIfPresent("query", input.evidence().queried().map(QueryNodes::write))
                .build();
    }

    static List<Input> inputs(Node.Mapping node) {
        return node.list("inputs").stream()
                .map(Documented::mapping)
                .map(Manifest::input)
                .toList();
    }

    private static Input input(Node.Mapping node) {
        return new Input(
                Documented.text(node, "object"),
                new InputEvidence(
                        Documented.text(node, "name"),
                        Documented.text(node, "sha256"),
                        Documented.number(node, "bytes"),
                        Documented.number(node, "rows"),
                        node.get("query").isPresent() ? QueryNodes.read(Documented.mapping(node, "query")) : null));
    }

    private static Map<String, String> texts(Node.Mapping mapping) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapping.entries().keySet().forEach(key -> texts.put(key, Documented.text(mapping, key)));
        return texts;
    }
}
