package io.lakemesh.provenance;

import io.lakemesh.error.IntegrityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Refused runs of the whole mesh that the stewards' tables have not taken yet: no manifest tells of them, and the log keeps only
 * the last outcome under a run's id. Each is written once, before the log has it, and known by the digest of its record. One that
 * was removed never comes back, so whoever knows what was taken takes none twice.
 */
public final class RefusedRuns {
    private static final String FOLDER = "refused/";

    private final BlobStore blobs;

    public RefusedRuns(BlobStore blobs) {
        this.blobs = blobs;
    }

    void add(RunRecord run) {
        blobs.put(path(id(run)), ObjectStore.bytes(run.toNode()));
    }

    /** The ids of those that wait. */
    public List<String> waiting() {
        return blobs.list(FOLDER).stream()
                .map(path -> path.substring(FOLDER.length()))
                .toList();
    }

    /** One that waits; empty if it was removed meanwhile. */
    public Optional<RunRecord> find(String id) {
        return RunRecord.read(path(id), blobs);
    }

    /** Removes one that was taken. */
    public void remove(String id) {
        blobs.delete(path(id));
    }

    /**
     * Every refused run of the logs by its id, whether it waits or was taken: reads all logs.
     *
     * @param damaged is told of each entry that cannot be read
     */
    public Map<String, RunRecord> logged(Consumer<IntegrityException> damaged) {
        Map<String, RunRecord> logged = new LinkedHashMap<>();
        for (String path : Releases.logs(blobs)) {
            try {
                RunRecord.read(path, blobs)
                        .filter(run -> run.outcome() == RunRecord.Outcome.REFUSED)
                        .ifPresent(run -> logged.put(id(run), run));
            } catch (IntegrityException e) {
                damaged.accept(e);
            }
        }
        return logged;
    }

    private static String id(RunRecord run) {
        return Digests.of(ObjectStore.bytes(run.toNode()));
    }

    private static String path(String id) {
        return FOLDER + id;
    }
}
