package io.lakemesh.provenance;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What maintenance did to a table: which files went and which came, so that manifests need not be rewritten. Kept under the
 * digest of its bytes; a table's newest one stands in its properties, set by the commit that it tells of, and names the one
 * before. Never rewritten itself.
 *
 * @param kind what was done
 * @param at when it was made
 * @param by the identity that did it
 * @param moved releases whose rows are in another snapshot now
 * @param expired releases that can't be read in this table any more
 * @param removed files that the table no longer rests on; without digests where their manifests have them
 * @param added the files that came in their place, with digests
 * @param erased of an erasure: how many rows each release lost
 * @param reference of an erasure: by what name it was asked for; null otherwise
 * @param previous digest of the table's amendment before; null for the first
 */
public record Amendment(
        ProductAddress address,
        TableName table,
        Kind kind,
        Instant at,
        String by,
        List<Moved> moved,
        List<Long> expired,
        List<FileEvidence> removed,
        List<FileEvidence> added,
        List<Erased> erased,
        @Nullable String reference,
        @Nullable String previous) {
    private static final int FORMAT = 1;

    public Amendment {
        moved = List.copyOf(moved);
        expired = List.copyOf(expired);
        removed = List.copyOf(removed);
        added = List.copyOf(added);
        erased = List.copyOf(erased);
    }

    /** What maintenance does. */
    public enum Kind {
        /** Small files became large ones; the rows are the same. */
        COMPACTION,
        /** Releases lost their snapshots. */
        EXPIRY,
        /** Releases lost a person's rows. */
        ERASURE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A release whose rows are in another snapshot now.
     *
     * @param before the snapshot that it had
     * @param after the one that stands in for it
     */
    public record Moved(long release, long before, long after) {}

    /**
     * What an erasure took from a release.
     *
     * @param release its number; 0 for rows that runs had set aside
     * @param rows how many of the rows that its readers saw
     * @param added how many of these the release itself had added
     */
    public record Erased(long release, long rows, long added) {}

    public Optional<String> previousDigest() {
        return Optional.ofNullable(previous);
    }

    public Node.Mapping toNode() {
        return Node.mapping()
                .put("format", FORMAT)
                .put("domain", address.domain())
                .put("name", address.name())
                .put("namespace", table.namespace())
                .put("table", table.name())
                .put("kind", kind.toString())
                .put("at", at.toString())
                .put("by", by)
                .put("moved", moved.stream().map(Amendment::node).toList())
                .put("expired", expired)
                .put("removed", removed.stream().map(TableVersionNodes::write).toList())
                .put("added", added.stream().map(TableVersionNodes::write).toList())
                .put("erased", erased.stream().map(Amendment::node).toList())
                .putIfPresent("reference", Optional.ofNullable(reference))
                .putIfPresent("previous", previousDigest())
                .build();
    }

    private static Node node(Erased erased) {
        return Node.mapping()
                .put("release", erased.release())
                .put("rows", erased.rows())
                .put("added", erased.added())
                .build();
    }

    private static Node node(Moved moved) {
        return Node.mapping()
                .put("release", moved.release())
                .put("before", moved.before())
                .put("after", moved.after())
                .build();
    }

    /**
     * Reads an amendment back.
     *
     * @throws IntegrityException if it is not one, or of a format or kind that this version does not know
     */
    public static Amendment of(Node.Mapping node) {
        if (Documented.number(node, "format") != FORMAT) {
            throw new IntegrityException(
                    "Cannot read amendment " + node.place() + ": its format is newer than this version");
        }
        return new Amendment(
                new ProductAddress(Documented.text(node, "domain"), Documented.text(node, "name")),
                new TableName(Documented.text(node, "namespace"), Documented.text(node, "table")),
                kind(node),
                Documented.instant(node, "at"),
                Documented.text(node, "by"),
                node.list("moved").stream()
                        .map(Documented::mapping)
                        .map(Amendment::moved)
                        .toList(),
                node.list("expired").stream().map(Documented::number).toList(),
                node.list("removed").stream().map(TableVersionNodes::file).toList(),
                node.list("added").stream().map(TableVersionNodes::file).toList(),
                node.list("erased").stream()
                        .map(Documented::mapping)
                        .map(Amendment::erased)
                        .toList(),
                node.text("reference").orElse(null),
                node.text("previous").orElse(null));
    }

    private static Kind kind(Node.Mapping node) {
        String text = Documented.text(node, "kind");
        for (Kind kind : Kind.values()) {
            if (kind.toString().equals(text)) {
                return kind;
            }
        }
        throw new IntegrityException("Cannot read amendment " + node.place() + ": this version knows no kind " + text);
    }

    private static Erased erased(Node.Mapping node) {
        return new Erased(
                Documented.number(node, "release"), Documented.number(node, "rows"), Documented.number(node, "added"));
    }

    private static Moved moved(Node.Mapping node) {
        return new Moved(
                Documented.number(node, "release"),
                Documented.number(node, "before"),
                Documented.number(node, "after"));
    }
}
