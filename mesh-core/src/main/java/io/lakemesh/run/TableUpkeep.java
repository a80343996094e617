package io.lakemesh.run;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.provenance.FileEvidence;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What maintenance did to a table, or would do.
 *
 * @param compacted how many data files were put together
 * @param into how many files they became; 0 for a dry run
 * @param compactedBytes the size of those that were put together
 * @param manifests how many of Iceberg's manifests were put together
 * @param expired the releases that can't be read any more
 * @param leftovers the files that nothing needs: removed, unless it was a dry run
 * @param left what was not done, and why; null if all was
 */
public record TableUpkeep(
        TableName table,
        int compacted,
        int into,
        long compactedBytes,
        int manifests,
        List<Long> expired,
        List<FileEvidence> leftovers,
        @Nullable String left) {
    public TableUpkeep {
        expired = List.copyOf(expired);
        leftovers = List.copyOf(leftovers);
    }

    public long leftoverBytes() {
        return leftovers.stream().mapToLong(FileEvidence::bytes).sum();
    }

    public Optional<String> notDone() {
        return Optional.ofNullable(left);
    }
}
