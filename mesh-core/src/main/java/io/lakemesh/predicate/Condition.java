package io.lakemesh.predicate;

import io.lakemesh.batch.Batch;

/** A compiled predicate: negation is the sign, conjunction the minimum, disjunction the maximum. */
interface Condition {
    int TRUE = 1;
    int UNKNOWN = 0;
    int FALSE = -1;

    int test(Batch batch, int row);

    static int of(boolean truth) {
        return truth ? TRUE : FALSE;
    }
}
