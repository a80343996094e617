package io.lakemesh.iceberg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakemesh.provenance.Amendment;
import io.lakemesh.provenance.FileEvidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotParser;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a table without the rows that are meant: each that a name leads to gets another that stands in for it, over
 * the same files but for those that were written anew. Manifests that tell of files which were removed are written anew too,
 * since they may show these files' bounds. Nothing is committed here. For one base; not thread-safe.
 */
final class ErasedSnapshots {
    private final BaseTable table;
    private final TableMetadata base;
    private final ErasedFiles files;
    private final String attempt = UUID.randomUUID().toString();
    private final Map<String, List<ManifestFile>> lists = new HashMap<>();
    private final Set<String> affected = new HashSet<>();
    private final Map<String, Anew> manifests = new HashMap<>();
    private final List<String> written = new ArrayList<>();

    /** Evidence of what was written, by location. */
    private final Map<String, FileEvidence> evidence = new LinkedHashMap<>();

    /** A manifest as it is to be, null if it has no file left, and what went from it. */
    private record Anew(@Nullable ManifestFile manifest, long sequenceNumber, List<Loss> losses) {}

    /** What a file lost; {@code rows} are those of a data file, {@code positions} those of a delete file. */
    private record Loss(@Nullable Long sequenceNumber, long rows, long positions, long files, long bytes) {}

    ErasedSnapshots(BaseTable table, TableMetadata base, ErasedFiles files) {
        this.table = table;
        this.base = base;
        this.files = files;
        Map<String, ManifestFile> all = new LinkedHashMap<>();
        base.snapshots().forEach(snapshot -> manifests(snapshot).forEach(file -> all.put(file.path(), file)));
        // delete files are looked at when it is known which data files are hit
        all.values().stream()
                .sorted(Comparator.comparing(ManifestFile::content))
                .filter(this::isAffected)
                .forEach(manifest -> affected.add(manifest.path()));
    }

    private List<ManifestFile> manifests(Snapshot snapshot) {
        return lists.computeIfAbsent(
                snapshot.manifestListLocation(), location -> snapshot.allManifests(table.io()).stream()
                        .map(ManifestFile::copy)
                        .toList());
    }

    private boolean isAffected(ManifestFile manifest) {
        boolean hit = manifest.content() == ManifestContent.DATA
                ? live(data(manifest)).stream().mapToLong(files::rows).sum() > 0
                : live(deletes(manifest)).stream().filter(files::isMoved).count() > 0;
        return hit || manifest.hasDeletedFiles();
    }

    private ManifestReader<DataFile> data(ManifestFile manifest) {
        return ManifestFiles.read(manifest, table.io(), base.specsById());
    }

    private ManifestReader<DeleteFile> deletes(ManifestFile manifest) {
        return ManifestFiles.readDeleteManifest(manifest, table.io(), base.specsById());
    }

    private static <F extends ContentFile<F>> List<F> live(ManifestReader<F> reader) {
        List<F> live = new ArrayList<>();
        try (reader) {
            reader.forEach(file -> live.add(file.copy()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close a manifest", e);
        }
        return live;
    }

    private boolean isAffected(Snapshot snapshot) {
        return manifests(snapshot).stream().anyMatch(manifest -> affected.contains(manifest.path()));
    }

    /** Affected snapshots that names lead to; and the current one with them, so that no racing release can build on them. */
    List<Snapshot> named() {
        Set<Long> ids = base.refs().values().stream()
                .map(SnapshotRef::snapshotId)
                .filter(id -> isAffected(base.snapshot(id)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!ids.isEmpty() && base.currentSnapshot() != null) {
            ids.add(base.currentSnapshot().snapshotId());
        }
        return ids.stream()
                .map(base::snapshot)
                .sorted(Comparator.comparingLong(Snapshot::sequenceNumber))
                .toList();
    }

    /** Affected snapshots that no name leads to. */
    Set<Long> unnamed() {
        Set<Long> named =
                base.refs().values().stream().map(SnapshotRef::snapshotId).collect(Collectors.toSet());
        return base.snapshots().stream()
                .filter(snapshot -> !named.contains(snapshot.snapshotId()) && isAffected(snapshot))
                .map(Snapshot::snapshotId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The table with others in the place of its named snapshots, and what is to be told of it. */
    record Replaced(
            TableMetadata.Builder metadata,
            List<Amendment.Moved> moved,
            List<Amendment.Erased> erased,
            List<FileEvidence> added) {}

    Replaced replace() {
        TableMetadata.Builder builder = TableMetadata.buildFrom(base);
        Map<Long, Snapshot> standIns = new LinkedHashMap<>();
        long now = Math.max(System.currentTimeMillis(), base.lastUpdatedMillis());
        for (Snapshot snapshot : named()) {
            long number = base.lastSequenceNumber() + standIns.size() + 1;
            Snapshot standIn = standIn(snapshot, number, now, standIns);
            standIns.put(snapshot.snapshotId(), standIn);
            builder.addSnapshot(standIn);
        }
        List<Amendment.Moved> moved = new ArrayList<>();
        List<Amendment.Erased> erased = new ArrayList<>();
        base.refs().forEach((name, ref) -> {
            Snapshot after = standIns.get(ref.snapshotId());
            if (after != null) {
                builder.setRef(
                        name, SnapshotRef.builderFrom(ref, after.snapshotId()).build());
                tell(name, ref, after, moved, erased);
            }
        });
        return new Replaced(builder, moved, erased, List.copyOf(evidence.values()));
    }

    private void tell(
            String name, SnapshotRef ref, Snapshot after, List<Amendment.Moved> moved, List<Amendment.Erased> erased) {
        boolean setAside = base.properties().containsKey(TableProperties.QUARANTINE);
        Optional<Long> release = setAside && name.equals(SnapshotRef.MAIN_BRANCH)
                ? Optional.of(0L)
                : ReleaseWriter.releases(Map.of(name, ref)).stream().findFirst();
        release.ifPresent(number -> {
            Snapshot before = base.snapshot(ref.snapshotId());
            if (number > 0) {
                moved.add(new Amendment.Moved(number, before.snapshotId(), after.snapshotId()));
            }
            long rows = Versions.rows(before) - Versions.rows(after);
            if (rows > 0) {
                erased.add(new Amendment.Erased(number, rows, setAside ? rows : added(before)));
            }
        });
    }

    /** Rows that a snapshot's own release added and that are meant. */
    private long added(Snapshot snapshot) {
        return losses(snapshot).stream()
                .filter(loss -> Objects.equals(loss.sequenceNumber(), StandIns.addedAt(snapshot)))
                .mapToLong(Loss::rows)
                .sum();
    }

    private List<Loss> losses(Snapshot snapshot) {
        return manifests(snapshot).stream()
                .map(manifest -> manifests.get(manifest.path()))
                .filter(Objects::nonNull)
                .flatMap(anew -> anew.losses().stream())
                .toList();
    }

    private Snapshot standIn(Snapshot before, long number, long now, Map<Long, Snapshot> standIns) {
        long id = table.operations().newSnapshotId();
        List<ManifestLists.Entry> entries = new ArrayList<>();
        for (ManifestFile manifest : manifests(before)) {
            if (!affected.contains(manifest.path())) {
                entries.add(new ManifestLists.Entry(manifest, manifest.sequenceNumber()));
                continue;
            }
            Anew anew = manifests.computeIfAbsent(manifest.path(), path -> anew(manifest, id, number));
            if (anew.manifest() != null) {
                entries.add(new ManifestLists.Entry(anew.manifest(), anew.sequenceNumber()));
            }
        }
        HashingOutputFile list = output("snap-" + id + "-1-" + attempt + ".avro");
        Long parent = before.parentId() == null || !standIns.containsKey(before.parentId())
                ? before.parentId()
                : Long.valueOf(standIns.get(before.parentId()).snapshotId());
        ManifestLists.write(list, id, parent, number, entries);
        tell(FileEvidence.Kind.MANIFEST_LIST, list);
        ObjectNode json = Stamps.MAPPER.createObjectNode();
        json.put("sequence-number", number);
        json.put("snapshot-id", id);
        if (parent != null) {
            json.put("parent-snapshot-id", parent);
        }
        json.put("timestamp-ms", now);
        ObjectNode summary = json.putObject("summary");
        summary(before).forEach(summary::put);
        json.put("manifest-list", list.location());
        if (before.schemaId() != null) {
            json.put("schema-id", before.schemaId());
        }
        return SnapshotParser.fromJson(json.toString());
    }

    /** What the snapshot before said of its release, and of what it has as a whole. */
    private Map<String, String> summary(Snapshot before) {
        Map<String, String> summary = new HashMap<>(TableProperties.mark(before.summary()));
        summary.putAll(StandIns.summary(before));
        summary.put("operation", "overwrite");
        List<Loss> losses = losses(before);
        total(before, "total-records", losses, Loss::rows, summary);
        total(before, "total-position-deletes", losses, Loss::positions, summary);
        total(before, "total-equality-deletes", losses, loss -> 0L, summary);
        total(before, "total-files-size", losses, Loss::bytes, summary);
        total(before, "total-data-files", losses, loss -> isData(loss) ? loss.files() : 0, summary);
        total(before, "total-delete-files", losses, loss -> isData(loss) ? 0 : loss.files(), summary);
        return summary;
    }

    private static boolean isData(Loss loss) {
        return loss.rows() > 0;
    }

    private static void total(
            Snapshot before, String name, List<Loss> losses, Function<Loss, Long> lost, Map<String, String> summary) {
        String was = before.summary().get(name);
        if (was != null) {
            long gone = losses.stream().mapToLong(lost::apply).sum();
            summary.put(name, Long.toString(Long.parseLong(was) - gone));
        }
    }

    private Anew anew(ManifestFile manifest, long snapshot, long number) {
        List<Loss> losses = new ArrayList<>();
        HashingOutputFile output = output(attempt + "-m" + manifests.size() + ".avro");
        OutputFile file = output;
        var spec = base.spec(manifest.partitionSpecId());
        ManifestFile now = manifest.content() == ManifestContent.DATA
                ? write(
                        manifest,
                        live(data(manifest)),
                        ManifestFiles.write(base.formatVersion(), spec, file, snapshot),
                        data -> without(data, losses))
                : write(
                        manifest,
                        live(deletes(manifest)),
                        ManifestFiles.writeDeleteManifest(base.formatVersion(), spec, file, snapshot),
                        delete -> moved(delete, losses));
        if (now == null) {
            StagedFiles.delete(table.io(), output.location());
        } else {
            tell(FileEvidence.Kind.MANIFEST, output);
        }
        return new Anew(now, number, losses);
    }

    /** Null if no file is left. */
    private static <F extends ContentFile<F>> @Nullable ManifestFile write(
            ManifestFile before, List<F> live, ManifestWriter<F> writer, Function<F, Optional<F>> now) {
        boolean any = false;
        try (writer) {
            for (F file : live) {
                Optional<F> kept = now.apply(file);
                if (kept.isPresent()) {
                    writer.existing(
                            kept.get(),
                            before.snapshotId(),
                            Objects.requireNonNull(file.dataSequenceNumber()),
                            file.fileSequenceNumber());
                    any = true;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a manifest", e);
        }
        return any ? writer.toManifestFile() : null;
    }

    private Optional<DataFile> without(DataFile file, List<Loss> losses) {
        long rows = files.rows(file);
        if (rows == 0) {
            return Optional.of(file);
        }
        Optional<StagedFile<DataFile>> now = files.without(file);
        now.ifPresent(staged -> tell(staged.evidence(data())));
        long bytes = file.fileSizeInBytes()
                - now.map(staged -> staged.file().fileSizeInBytes()).orElse(0L);
        losses.add(new Loss(file.dataSequenceNumber(), rows, 0, now.isPresent() ? 0 : 1, bytes));
        return now.map(StagedFile::file);
    }

    private FileEvidence.Kind data() {
        return base.properties().containsKey(TableProperties.QUARANTINE)
                ? FileEvidence.Kind.QUARANTINE
                : FileEvidence.Kind.DATA;
    }

    private Optional<DeleteFile> moved(DeleteFile file, List<Loss> losses) {
        if (!files.isMoved(file)) {
            return Optional.of(file);
        }
        Optional<StagedFile<DeleteFile>> now = files.moved(file);
        now.ifPresent(staged -> tell(staged.evidence(FileEvidence.Kind.DELETE)));
        long positions = file.recordCount()
                - now.map(staged -> staged.file().recordCount()).orElse(0L);
        long bytes = file.fileSizeInBytes()
                - now.map(staged -> staged.file().fileSizeInBytes()).orElse(0L);
        losses.add(new Loss(null, 0, positions, now.isPresent() ? 0 : 1, bytes));
        return now.map(StagedFile::file);
    }

    private HashingOutputFile output(String name) {
        String location = table.operations().metadataFileLocation(name);
        written.add(location);
        return new HashingOutputFile(table.io().newOutputFile(location));
    }

    private void tell(FileEvidence.Kind kind, HashingOutputFile output) {
        long bytes = table.io().newInputFile(output.location()).getLength();
        tell(new FileEvidence(kind, output.location(), bytes, output.sha256()));
    }

    private void tell(FileEvidence file) {
        evidence.put(file.location(), file);
    }

    /** Removes every manifest and manifest list that was written. */
    void discard() {
        written.forEach(location -> StagedFiles.delete(table.io(), location));
    }
}
