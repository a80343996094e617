package io.lakemesh.steward;

import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Layout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row for each table of each release.
 *
 * @param manifest the release's
 * @param digest the manifest's
 */
record ReleaseRows(Manifest manifest, @Nullable String digest, TableVersion table) {
    private static final Layout<ReleaseRows> LAYOUT = new Layout<ReleaseRows>()
            .text("domain", "The product's domain", row -> row.manifest
                    .address()
                    .domain())
            .text("product", "The product's name", row -> row.manifest.address().name())
            .number("release", "The release's number", row -> row.manifest.release())
            .text("kind", "publish or rollback", row -> row.manifest.kind().toString())
            .text("mode", "What the run did with the rows that were there", row -> row.manifest.mode())
            .number("restores", "The release that a rollback points back to", row -> row.manifest.restores())
            .time("published_at", "When it was published", row -> row.manifest.publishedAt())
            .text("publisher", "The identity of the mesh that published it", row -> row.manifest.publisher())
            .text("run_id", "The run that made it", row -> row.manifest.runId())
            .text("object", "The contract's object", row -> row.table.object())
            .text("table_name", "The object's table", row -> row.table.table().toString())
            .text("contract_id", "The contract in force", row -> row.table.contractId())
            .text("contract_version", "The contract's version", row -> row.table.contractVersion())
            .number("snapshot_id", "The table's snapshot when it was published", row -> row.table.snapshotId())
            .number("row_count", "Rows that the table has in this release", row -> row.table.rows())
            .number("added_row_count", "Rows that this release added", row -> row.table.addedRows())
            .text("manifest", "SHA-256 of the release's provenance manifest", row -> row.digest);

    static final StewardTable TABLE = StewardTable.of(
            "releases", "Every release of every product, table by table", false, LAYOUT, ReleaseRows::of);

    private static List<ReleaseRows> of(EndedRun ended) {
        Manifest manifest = ended.manifest();
        return manifest == null
                ? List.of()
                : manifest.tables().stream()
                        .map(table -> new ReleaseRows(manifest, ended.run().manifest(), table))
                        .toList();
    }
}
