package io.lakemesh.iceberg;

import io.lakemesh.MeshConfig;
import io.lakemesh.contract.TableContract.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/** Files of tables on the local disk that no table leads to, and files that tables lead to and that are not there. */
public final class Strays {
    private Strays() {}

    /** Both, of the tables of a namespace; beside our own documents, which are no table's. */
    public static List<String> of(MeshConfig mesh, String namespace) {
        CatalogSettings settings = new CatalogSettings(mesh.catalog(), mesh.warehouse());
        try (IcebergCatalog catalog = new IcebergCatalog(settings)) {
            Set<String> reached = new HashSet<>();
            for (TableName name : catalog.tables(namespace)) {
                BaseTable table = Objects.requireNonNull(catalog.find(name));
                reach(table.operations().current(), catalog.io(), reached);
            }
            Set<String> wrong = new HashSet<>(Listing.of(catalog.warehouse() + "/" + namespace));
            reached.stream()
                    .filter(file -> !wrong.remove(file))
                    .map(file -> "missing: " + file)
                    .toList()
                    .forEach(wrong::add);
            return wrong.stream().sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void reach(TableMetadata table, FileIO io, Set<String> files) throws IOException {
        files.add(local(table.metadataFileLocation()));
        table.previousFiles().forEach(entry -> files.add(local(entry.file())));
        for (Snapshot snapshot : table.snapshots()) {
            files.add(local(snapshot.manifestListLocation()));
            for (ManifestFile manifest : snapshot.allManifests(io)) {
                files.add(local(manifest.path()));
                try (ManifestReader<? extends ContentFile<?>> entries = open(manifest, table, io)) {
                    entries.forEach(file -> files.add(local(file.location())));
                }
            }
        }
    }

    private static ManifestReader<? extends ContentFile<?>> open(
            ManifestFile manifest, TableMetadata table, FileIO io) {
        return manifest.content() == ManifestContent.DATA
                ? ManifestFiles.read(manifest, io, table.specsById())
                : ManifestFiles.readDeleteManifest(manifest, io, table.specsById());
    }

    private static String local(String location) {
        return Path.of(location).toString();
    }
}
