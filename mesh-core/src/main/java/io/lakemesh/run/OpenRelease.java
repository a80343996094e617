package io.lakemesh.run;

import io.lakemesh.contract.ProductAddress;

/**
 * A release of several tables that was written down and not seen to its end: by a process that was killed, or that is under way.
 *
 * @param runId the run that makes it
 */
public record OpenRelease(ProductAddress address, long release, String runId, State state) {
    /** How far it is. */
    public enum State {
        /** No table has it. Its run may be about to commit the first. */
        NOT_BEGUN,
        /** Some tables have it and others do not; readers of releases see the one before. */
        BROKEN_OFF,
        /** Every table has it. */
        FINISHED,
        /** No table has it, and none will: one of them was changed by a program other than Lakemesh, or others published. */
        UNDONE
    }
}
