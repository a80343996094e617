package io.lakemesh.run;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract;
import io.lakemesh.provenance.TableVersion;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a lakehouse needs to make one release.
 *
 * @param base the state that the checks were made against; null for the product's first release
 * @param release the number of the new release: the base's plus one
 * @param runId the run that makes it; stands in each new snapshot's summary
 * @param changes one for each table of the release
 * @param manifest makes the provenance manifest's bytes, once the tables' files are known; called again after a conflict
 */
public record Publication(
        ProductAddress address,
        String productId,
        @Nullable ProductState base,
        long release,
        String runId,
        List<Change> changes,
        BiFunction<Long, List<TableVersion>, byte[]> manifest) {
    public Publication {
        changes = List.copyOf(changes);
    }

    /** What happens to one table. */
    public sealed interface Change {
        /** New rows; the table is created or evolved to the contract if need be. */
        record Write(TableContract contract, StagedTable staged, Mode mode) implements Change {}

        /** No new rows: the release's tag is set on what is there; the table is created or evolved to the contract if need be. */
        record Keep(TableContract contract) implements Change {}

        /** Back to an earlier version of the table. */
        record PointBack(TableVersion version) implements Change {}
    }
}
