package io.lakemesh.provenance;

import io.lakemesh.check.RowCounts;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run, published or refused. A hint beside the tables: of published runs it can be rebuilt from the manifests.
 *
 * @param startedAt when it began to read; null where the record was rebuilt from a manifest, which does not say it
 * @param release the release that the run made; null if it was refused
 * @param manifest that release's manifest; null if it was refused
 * @param report digest of the quality report; null for a rollback
 * @param quarantine the quarantine tables' versions with the rows that the run set aside
 * @param resolves the refused run whose rows this run deals with; null for none
 */
public record RunRecord(
        ProductAddress address,
        String runId,
        Outcome outcome,
        @Nullable Instant startedAt,
        Instant finishedAt,
        String mode,
        @Nullable Long release,
        @Nullable String manifest,
        @Nullable String report,
        RowCounts rows,
        List<Input> inputs,
        List<TableVersion> quarantine,
        @Nullable String resolves) {
    public RunRecord {
        inputs = List.copyOf(inputs);
        quarantine = List.copyOf(quarantine);
    }

    /** How a run ended. */
    public enum Outcome {
        PUBLISHED,
        REFUSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same run, dealing with the rows of a refused one. */
    public RunRecord resolving(String refusedRunId) {
        return new RunRecord(
                address,
                runId,
                outcome,
                startedAt,
                finishedAt,
                mode,
                release,
                manifest,
                report,
                rows,
                inputs,
                quarantine,
                refusedRunId);
    }

    public Node.Mapping toNode() {
        return Node.mapping()
                .put("domain", address.domain())
                .put("name", address.name())
                .put("run", runId)
                .put("outcome", outcome.toString())
                .putIfPresent("started-at", Optional.ofNullable(startedAt).map(Instant::toString))
                .put("finished-at", finishedAt.toString())
                .put("mode", mode)
                .putIfPresent("release", Optional.ofNullable(release))
                .putIfPresent("manifest", Optional.ofNullable(manifest))
                .putIfPresent("report", Optional.ofNullable(report))
                .put("rows", QualityReport.write(rows))
                .put("inputs", inputs.stream().map(Manifest::input).toList())
                .put(
                        "quarantine",
                        quarantine.stream().map(TableVersionNodes::write).toList())
                .putIfPresent("resolves", Optional.ofNullable(resolves))
                .build();
    }

    static Optional<RunRecord> read(String path, BlobStore blobs) {
        return blobs.get(path).map(bytes -> of(ObjectStore.read(blobs.location(path), bytes)));
    }

    public static RunRecord of(Node.Mapping node) {
        return new RunRecord(
                new ProductAddress(Documented.text(node, "domain"), Documented.text(node, "name")),
                Documented.text(node, "run"),
                Outcome.valueOf(Documented.text(node, "outcome").toUpperCase(Locale.ROOT)),
                node.get("started-at").isPresent() ? Documented.instant(node, "started-at") : null,
                Documented.instant(node, "finished-at"),
                Documented.text(node, "mode"),
                node.get("release").isPresent() ? Documented.number(node, "release") : null,
                node.text("manifest").orElse(null),
                node.text("report").orElse(null),
                QualityReport.rows(Documented.mapping(node, "rows")),
                Manifest.inputs(node),
                TableVersionNodes.list(node, "quarantine"),
                node.text("resolves").orElse(null));
    }
}
