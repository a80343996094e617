package io.lakemesh.run;

import io.lakemesh.batch.RecordSource;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.policy.MeshPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run: a product's contract, the raw rows of its objects, and what to do with the rows that are there.
 *
 * @param inputs sources by object, or by {@code object@version} where several versions of it are offered; read in their order
 * @param runId the caller's id of the run; null to derive it from product, contract, inputs and mode
 * @param resolves the refused run whose rows this run deals with; null for none
 * @param policy the mesh's, for what it says of columns that look personal
 */
public record RunRequest(
        ProductContract contract,
        Map<String, List<RecordSource>> inputs,
        Mode mode,
        @Nullable String runId,
        @Nullable String resolves,
        MeshPolicy policy) {
    public RunRequest {
        Map<String, List<RecordSource>> copy = new LinkedHashMap<>();
        inputs.forEach((object, sources) -> copy.put(object, List.copyOf(sources)));
        inputs = java.util.Collections.unmodifiableMap(copy);
    }

    /** A run in a mesh without a policy. */
    public RunRequest(
            ProductContract contract,
            Map<String, List<RecordSource>> inputs,
            Mode mode,
            @Nullable String runId,
            @Nullable String resolves) {
        this(contract, inputs, mode, runId, resolves, MeshPolicy.NONE);
    }

    /** What to read for a table; empty if the run has no rows for it. */
    Optional<List<RecordSource>> sources(TableContract table) {
        return Optional.ofNullable(inputs.get(exactName(table)))
                .or(() -> Optional.ofNullable(inputs.get(table.object())));
    }

    static String exactName(TableContract table) {
        return table.object() + "@" + table.contractVersion();
    }

    Optional<String> givenRunId() {
        return Optional.ofNullable(runId);
    }
}
