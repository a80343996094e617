package io.lakemesh.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the chain holds.
 *
 * @param count how many records the table says that it has
 * @param head the hash of the last of them: noted elsewhere, it proves later that nothing before it was changed
 * @param problem the first that does not fit; null if all do
 */
public record AuditVerification(long count, String head, @Nullable String problem) {
    public boolean holds() {
        return problem == null;
    }

    public Optional<String> found() {
        return Optional.ofNullable(problem);
    }
}
