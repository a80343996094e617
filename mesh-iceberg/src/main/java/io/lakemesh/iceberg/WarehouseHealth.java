package io.lakemesh.iceberg;

import io.lakemesh.error.MeshException;
import io.lakemesh.health.Examination;
import io.lakemesh.health.Finding;
import io.lakemesh.health.HealthCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** Looks at the warehouse: writes a document, reads it, lists it with its time, deletes it. */
public final class WarehouseHealth implements HealthCheck {
    private static final byte[] CONTENT = "A probe of mesh doctor".getBytes(StandardCharsets.UTF_8);

    @Override
    public List<Finding> check(Map<String, Map<String, String>> sections) {
        CatalogSettings settings = new CatalogSettings(
                sections.getOrDefault("catalog", Map.of()), sections.getOrDefault("warehouse", Map.of()));
        Examination examination = new Examination("warehouse");
        try (FileIO io = settings.openStorage()) {
            if (io instanceof LocalFileIO && isNotYet(settings)) {
                return List.of(
                        Examination.find("warehouse", () -> NotYet.describe(LocalFileIO.path(settings.warehouse()))));
            }
            FileBlobStore blobs = new FileBlobStore(io, settings.warehouse());
            String path = "doctor/" + UUID.randomUUID();
            examination.step("write", () -> write(blobs, path)).step("read", () -> read(blobs, path));
            if (io instanceof SupportsPrefixOperations files) {
                examination.clock(() -> Optional.of(Failures.reaching(() -> time(files, blobs.location(path)))));
            }
            return examination.step("delete", () -> delete(blobs, path)).findings();
        } catch (MeshException e) {
            return List.of(new Finding("warehouse", false, String.valueOf(e.getMessage())));
        }
    }

    private static boolean isNotYet(CatalogSettings settings) {
        return settings.missing().isPresent() && !Files.exists(LocalFileIO.path(settings.warehouse()));
    }

    private static String write(FileBlobStore blobs, String path) {
        blobs.put(path, CONTENT);
        return "writable, at " + blobs.location(path);
    }

    private static String read(FileBlobStore blobs, String path) {
        return blobs.get(path)
                .filter(found -> java.util.Arrays.equals(found, CONTENT))
                .map(found -> "what was written is there")
                .orElseThrow(() -> new MeshException(
                        "What was written is not there: does the storage show a write at once? Iceberg needs that"));
    }

    private static Instant time(SupportsPrefixOperations files, String location) {
        return Instant.ofEpochMilli(files.listPrefix(location).iterator().next().createdAtMillis());
    }

    private static String delete(FileBlobStore blobs, String path) {
        blobs.delete(path);
        if (blobs.get(path).isPresent()) {
            throw new MeshException("What was deleted is still there: may these credentials delete?");
        }
        return "may delete";
    }
}
