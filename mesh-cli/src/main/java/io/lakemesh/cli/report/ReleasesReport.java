package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.cli.text.TextTable.Cell;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import io.lakemesh.history.Release;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.TableVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A product's releases, newest first.
 *
 * @param expired the numbers of those whose rows are gone
 */
public record ReleasesReport(ProductAddress product, List<Release> releases, Set<Long> expired) implements Report {
    public ReleasesReport {
        releases = List.copyOf(releases);
        expired = Set.copyOf(expired);
    }

    @Override
    public Node json() {
        return Node.mapping()
                .put("product", product.toString())
                .put("releases", releases.stream().map(this::release).toList())
                .build();
    }

    private Node release(Release release) {
        Manifest manifest = release.manifest();
        return Node.mapping()
                .put("release", release.number())
                .put("run", manifest.runId())
                .put("kind", manifest.kind().toString())
                .put("mode", manifest.mode())
                .putIfPresent("restores", Optional.ofNullable(manifest.restores()))
                .put("published-at", manifest.publishedAt().toString())
                .put("publisher", manifest.publisher())
                .put("rows", rows(manifest))
                .put(
                        "tables",
                        manifest.tables().stream().map(ReleasesReport::table).toList())
                .put("manifest", release.digest())
                .putIfPresent("expired", Optional.of(true).filter(yes -> expired.contains(release.number())))
                .build();
    }

    private static Node table(TableVersion table) {
        return Node.mapping()
                .put("object", table.object())
                .put("table", table.table().toString())
                .put("snapshot-id", table.snapshotId())
                .put("contract", table.contractId())
                .put("version", table.contractVersion())
                .put("rows", table.rows())
                .put("added", table.addedRows())
                .build();
    }

    private static long rows(Manifest manifest) {
        return manifest.tables().stream().mapToLong(TableVersion::rows).sum();
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.BOLD, product + ": " + Words.count(releases.size(), "release"));
        TextTable table = TextTable.of("release", "when", "how", ">added", ">rows", "contract", "by", "manifest");
        releases.forEach(release -> row(table, release));
        table.print(screen);
    }

    private void row(TextTable table, Release release) {
        Manifest manifest = release.manifest();
        table.row(
                new Cell(Style.BOLD, "r" + release.number()),
                Words.time(manifest.publishedAt()),
                manifest.restores() == null ? manifest.mode() : "back to r" + manifest.restores(),
                Words.count(manifest.tables().stream()
                        .mapToLong(TableVersion::addedRows)
                        .sum()),
                Words.count(rows(manifest)),
                manifest.tables().stream()
                        .map(TableVersion::contractVersion)
                        .findFirst()
                        .orElse(""),
                manifest.publisher(),
                new Cell(
                        Style.FAINT,
                        Words.digest(release.digest()) + (expired.contains(release.number()) ? " (expired)" : "")));
    }
}
