package io.lakemesh.policy;

/**
 * Decides what a subject may read of a table. Fails closed: whatever goes wrong, the answer is {@link Decision.Denied} or an
 * exception, never more than the policy allows. Safe for use by many threads.
 */
public interface PolicyDecider extends AutoCloseable {
    /** In this process, from the policy itself. */
    PolicyDecider EMBEDDED = (subject, table) -> table.decide(subject);

    /**
     * Decides.
     *
     * @param table the policy that is in force for the table, over its columns as stored
     */
    Decision decide(Subject subject, TablePolicy table);

    /** Frees what is open. */
    @Override
    default void close() {}
}
