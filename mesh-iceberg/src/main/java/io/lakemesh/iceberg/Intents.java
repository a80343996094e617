package io.lakemesh.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.provenance.Digests;
import io.lakemesh.run.OpenRelease;
import io.lakemesh.run.OpenRelease.State;
import io.lakemesh.run.Publication;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.MetadataUpdateParser;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Releases of several tables, written down before the first of them is committed: for each table the metadata file that it
 * starts from and the whole metadata that it is to have. Whoever finds one that was broken off commits what is left, byte for
 * byte what the first run would have committed.
 *
 * <p>Until the first table is committed an intent means nothing. From then on it can only go forward, unless a program other
 * than Lakemesh changed one of the remaining tables meanwhile: then the tables go back to where they were.
 */
final class Intents {
    private static final List<String> RELEASE_PROPERTIES = List.of(
            TableProperties.RELEASE,
            TableProperties.RUN_ID,
            TableProperties.CONTRACT_ID,
            TableProperties.CONTRACT_VERSION);

    private static final String FOLDER = "intents/";

    private final IcebergCatalog catalog;
    private final FileBlobStore blobs;

    Intents(IcebergCatalog catalog, FileBlobStore blobs) {
        this.catalog = catalog;
        this.blobs = blobs;
    }

    /** Writes an intent down; gives its path. */
    String record(Publication publication, List<PreparedTable> tables) {
        ObjectNode intent = Stamps.MAPPER.createObjectNode();
        intent.put("release", publication.release());
        intent.put("run", publication.runId());
        ArrayNode array = intent.putArray("tables");
        for (PreparedTable table : tables) {
            ObjectNode node = array.addObject();
            node.put("namespace", table.table().namespace());
            node.put("name", table.table().name());
            node.put("base", location(table.base()));
            if (table.base() != null) {
                putBefore(node, table.base());
            }
            node.put("metadata", TableMetadataParser.toJson(table.metadata()));
            ArrayNode updates = node.putArray("updates");
            table.metadata().changes().forEach(update -> updates.add(MetadataUpdateParser.toJson(update)));
        }
        String run = Digests.of(publication.runId().getBytes(StandardCharsets.UTF_8));
        String path =
                folder(publication.address()) + "r" + publication.release() + "-" + run.substring(0, 16) + ".json";
        blobs.put(path, intent.toString().getBytes(StandardCharsets.UTF_8));
        return path;
    }

    /** What it takes to go back: the metadata file may be gone by then. */
    private static void putBefore(ObjectNode node, TableMetadata base) {
        if (base.currentSnapshot() != null) {
            node.put("snapshot-id", base.currentSnapshot().snapshotId());
        }
        ObjectNode properties = node.putObject("properties");
        base.properties().forEach((key, value) -> {
            if (RELEASE_PROPERTIES.contains(key)) {
                properties.put(key, value);
            }
        });
    }

    private static String folder(ProductAddress address) {
        String digest = Digests.of(address.toString().getBytes(StandardCharsets.UTF_8));
        return FOLDER + Releases.mapped(address.domain()) + "/" + Releases.mapped(address.name()) + "-"
                + digest.substring(0, 16) + "/";
    }

    /** Whether a release of the product is under way, or was broken off and can't be finished yet. */
    boolean isOpen(ProductAddress address) {
        return !blobs.list(folder(address)).isEmpty();
    }

    /** Finishes or undoes every release of the product that was broken off. */
    void settle(ProductAddress address) {
        read(folder(address)).forEach(this::settle);
    }

    /** Every release that is open, of whatever product. */
    List<OpenRelease> open() {
        return read(FOLDER).stream()
                .map(intent -> intent.release(state(intent)))
                .toList();
    }

    /** Settles every release of every product; what became of each. */
    List<OpenRelease> settleAll() {
        return read(FOLDER).stream()
                .map(intent -> intent.release(settle(intent)))
                .toList();
    }

    private List<Intent> read(String folder) {
        return blobs.list(folder).stream()
                .flatMap(path -> blobs.get(path).map(content -> parse(path, content)).stream())
                .toList();
    }

    private State state(Intent intent) {
        Part first = intent.parts.get(0);
        TableMetadata now = catalog.operations(first.table).refresh();
        if (!first.isCommitted(now, catalog)) {
            return Objects.equals(location(now), first.base) ? State.NOT_BEGUN : State.UNDONE;
        }
        boolean finished = intent.parts.stream()
                .skip(1)
                .allMatch(
                        part -> part.isCommitted(catalog.operations(part.table).refresh(), catalog));
        return finished ? State.FINISHED : State.BROKEN_OFF;
    }

    /**
     * Finishes what can be finished, and forgets releases that were never begun and whose processes must have ended: they mean
     * nothing, but keep maintenance from removing files.
     */
    void forget(ProductAddress address, Instant before) {
        settle(address);
        blobs.listed(blobs.location(folder(address).replaceFirst("/$", "")) + "/").stream()
                .filter(file -> file.createdAtMillis() < before.toEpochMilli())
                .map(file -> folder(address)
                        + file.location().substring(file.location().lastIndexOf('/') + 1))
                .forEach(blobs::delete);
    }

    private static Intent parse(String path, byte[] content) {
        try {
            JsonNode intent = Stamps.MAPPER.readTree(new String(content, StandardCharsets.UTF_8));
            List<Part> parts = new ArrayList<>();
            for (JsonNode node : intent.path("tables")) {
                parts.add(new Part(
                        new TableName(
                                node.path("namespace").asText(),
                                node.path("name").asText()),
                        node.path("base").isNull() ? null : node.path("base").asText(),
                        node.hasNonNull("snapshot-id")
                                ? node.path("snapshot-id").asLong()
                                : null,
                        properties(node.path("properties")),
                        TableMetadataParser.fromJson(node.path("metadata").asText()),
                        updates(node.path("updates")),
                        "r" + intent.path("release").asLong()));
            }
            return new Intent(
                    path, intent.path("release").asLong(), intent.path("run").asText(), parts);
        } catch (JsonProcessingException e) {
            throw new IntegrityException("Cannot read the release's intent " + path + ": not JSON", e);
        }
    }

    private static List<MetadataUpdate> updates(JsonNode node) {
        List<MetadataUpdate> updates = new ArrayList<>();
        node.forEach(update -> updates.add(MetadataUpdateParser.fromJson(update.asText())));
        return updates;
    }

    private static Map<String, String> properties(JsonNode node) {
        Map<String, String> properties = new HashMap<>();
        node.fieldNames()
                .forEachRemaining(name -> properties.put(name, node.path(name).asText()));
        return properties;
    }

    private State settle(Intent intent) {
        Part first = intent.parts.get(0);
        TableMetadata now = catalog.operations(first.table).refresh();
        if (first.isCommitted(now, catalog)) {
            boolean finished = finish(intent.parts);
            blobs.delete(intent.path);
            return finished ? State.FINISHED : State.UNDONE;
        }
        if (Objects.equals(location(now), first.base)) {
            return State.NOT_BEGUN;
        }
        blobs.delete(intent.path);
        return State.UNDONE;
    }

    private boolean finish(List<Part> parts) {
        for (int i = 1; i < parts.size(); i++) {
            if (!commit(parts.get(i))) {
                undo(parts.subList(0, i));
                return false;
            }
        }
        return true;
    }

    private boolean commit(Part part) {
        GuardedTableOperations operations = catalog.operations(part.table);
        TableMetadata now = operations.refresh();
        if (part.isCommitted(now, catalog)) {
            return true;
        }
        if (!Objects.equals(location(now), part.base)) {
            return false;
        }
        try {
            operations.commit(now, part.onto(now == null ? part.start(operations) : now));
            return true;
        } catch (CommitFailedException | AlreadyExistsException e) {
            // another process finishes the same release, or a foreign program was quicker
            return part.isCommitted(catalog.operations(part.table).refresh(), catalog);
        }
    }

    private void undo(List<Part> committed) {
        for (int i = committed.size() - 1; i >= 0; i--) {
            committed.get(i).undo(catalog);
        }
    }

    private static @Nullable String location(@Nullable TableMetadata metadata) {
        return metadata == null ? null : metadata.metadataFileLocation();
    }

    /** A release that was written down: its number, its run, and its tables in the order of their commits. */
    private record Intent(String path, long release, String run, List<Part> parts) {
        OpenRelease release(State state) {
            String owner = parts.get(0).metadata.properties().getOrDefault(TableProperties.PRODUCT, "");
            return new OpenRelease(Releases.address(owner), release, run, state);
        }
    }

    /**
     * One table of an intent.
     *
     * @param base the metadata file that it starts from; null for a new table
     * @param snapshotId the current snapshot there, if there is one
     * @param properties what is said there of the release
     * @param metadata what it is to have
     * @param updates what makes that of the base: catalogs on servers are told changes, not results
     */
    private record Part(
            TableName table,
            @Nullable String base,
            @Nullable Long snapshotId,
            Map<String, String> properties,
            TableMetadata metadata,
            List<MetadataUpdate> updates,
            String tag) {
        /** What the catalog makes of the new table, as it did when the intent was recorded. */
        TableMetadata start(GuardedTableOperations operations) {
            return TableMetadata.buildFrom(operations.start(
                            metadata.schema(), metadata.spec(), metadata.sortOrder(), metadata.properties()))
                    .assignUUID(metadata.uuid())
                    .build();
        }

        TableMetadata onto(TableMetadata before) {
            TableMetadata.Builder builder = TableMetadata.buildFrom(before);
            updates.forEach(update -> update.applyTo(builder));
            return builder.build();
        }

        boolean isCommitted(@Nullable TableMetadata now, IcebergCatalog catalog) {
            return now != null
                    && now.uuid().equals(metadata.uuid())
                    && (hasSnapshot(now) || GuardedTableOperations.holdsRelease(now, metadata, catalog.io()));
        }

        private boolean hasSnapshot(TableMetadata now) {
            String run = metadata.properties().get(TableProperties.RUN_ID);
            Snapshot snapshot = metadata.currentSnapshot();
            return tag.equals("r" + snapshot.summary().get(TableProperties.RELEASE))
                    && Objects.equals(Versions.run(snapshot), run)
                    && now.snapshot(snapshot.snapshotId()) != null;
        }

        /**
         * Takes the release out of the table, unless that was done. A new table stays, without a row: between a look at it and
         * dropping it somebody may have published there.
         */
        void undo(IcebergCatalog catalog) {
            GuardedTableOperations operations = catalog.operations(table);
            TableMetadata now = operations.refresh();
            while (now != null && isReleased(now)) {
                try {
                    operations.commit(now, without(now));
                    return;
                } catch (CommitFailedException e) {
                    // another process undoes it as well
                    now = operations.refresh();
                }
            }
        }

        /** Whether the release is what readers of the table get: not undone, and nothing was published since. */
        private boolean isReleased(TableMetadata now) {
            SnapshotRef released = now.ref(tag);
            Snapshot current = now.currentSnapshot();
            return released != null
                    && current != null
                    && released.snapshotId() == metadata.currentSnapshot().snapshotId()
                    && released.snapshotId() == current.snapshotId();
        }

        private TableMetadata without(TableMetadata now) {
            TableMetadata.Builder builder = TableMetadata.buildFrom(now).removeRef(tag);
            if (snapshotId == null) {
                builder = builder.removeRef(SnapshotRef.MAIN_BRANCH).removeProperties(Set.copyOf(RELEASE_PROPERTIES));
            } else {
                builder = builder.setBranchSnapshot(snapshotId, SnapshotRef.MAIN_BRANCH);
            }
            return builder.setProperties(properties).build();
        }
    }
}
