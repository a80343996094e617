package io.lakemesh.run;

import io.lakemesh.batch.RecordSource;
import io.lakemesh.contract.ProductContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run: a product's contract, the raw rows of its objects, and what to do with the rows that are there.
 *
 * @param inputs sources by object, read in their order
 * @param runId the caller's id of the run; null to derive it from product, contract, inputs and mode
 * @param resolves the refused run whose rows this run deals with; null for none
 */
public record RunRequest(
        ProductContract contract,
        Map<String, List<RecordSource>> inputs,
        Mode mode,
        @Nullable String runId,
        @Nullable String resolves) {
    public RunRequest {
        Map<String, List<RecordSource>> copy = new LinkedHashMap<>();
        inputs.forEach((object, sources) -> copy.put(object, List.copyOf(sources)));
        inputs = java.util.Collections.unmodifiableMap(copy);
    }

    Optional<String> givenRunId() {
        return Optional.ofNullable(runId);
    }
}
