package io.lakemesh.check;

import io.lakemesh.protect.Protectors;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check needs to know besides the contract.
 *
 * @param spill a folder for what does not fit into memory; made when needed, removed on closing
 * @param memory bytes that each search for equal keys may take before it spills
 * @param now the time of the run, for service levels
 * @param lastRelease when the product was last released; null for never
 * @param engines by name, for custom rules
 * @param protectors what protects columns that need a key
 */
public record CheckContext(
        Path spill,
        long memory,
        Instant now,
        @Nullable Instant lastRelease,
        History history,
        Map<String, QualityEngine> engines,
        Protectors protectors) {
    /** Enough for about half a million short keys. */
    public static final long DEFAULT_MEMORY = 32L << 20;

    public CheckContext {
        engines = Map.copyOf(engines);
    }

    /** Without keys. */
    public CheckContext(
            Path spill,
            long memory,
            Instant now,
            @Nullable Instant lastRelease,
            History history,
            Map<String, QualityEngine> engines) {
        this(spill, memory, now, lastRelease, history, engines, Protectors.NONE);
    }

    /** Without history, engines and keys. */
    public static CheckContext of(Path spill, Instant now) {
        return new CheckContext(spill, DEFAULT_MEMORY, now, null, History.NONE, Map.of());
    }
}
