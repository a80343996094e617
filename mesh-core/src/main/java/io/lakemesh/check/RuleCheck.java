package io.lakemesh.check;

import io.lakemesh.batch.Batch;

/** One rule on its way through a run: sees every row that would be published, then judges. */
interface RuleCheck extends AutoCloseable {
    void add(Batch batch, int[] selected, int count);

    /** The result, once all rows were seen. Can be called again. */
    CheckResult judge(Situation situation);

    @Override
    default void close() {}

    /**
     * What a judgement depends on besides the rows that were added.
     *
     * @param rows how many were added
     */
    record Situation(long rows, UniqueChecks.Repeats repeats) {}
}
