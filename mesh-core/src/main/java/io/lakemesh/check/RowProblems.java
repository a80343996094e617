package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.check.QuarantinedRow.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rows of a batch are to be set aside, and why. A buffer. */
final class RowProblems {
    private final @Nullable List<Reason>[] reasons = newLists();
    private boolean any;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable List<Reason>[] newLists() {
        return new List[Batch.CAPACITY];
    }

    void clear() {
        if (any) {
            Arrays.fill(reasons, null);
            any = false;
        }
    }

    void add(int row, List<Reason> more) {
        any = true;
        List<Reason> known = reasons[row];
        if (known == null) {
            known = new ArrayList<>();
            reasons[row] = known;
        }
        known.addAll(more);
    }

    boolean has(int row) {
        return reasons[row] != null;
    }

    List<Reason> of(int row) {
        List<Reason> known = reasons[row];
        return known == null ? List.of() : known;
    }

    boolean any() {
        return any;
    }

    /** Fills in the rows without problems, in ascending order; gives how many. */
    int selectGood(int size, int[] selected) {
        int count = 0;
        for (int row = 0; row < size; row++) {
            if (reasons[row] == null) {
                selected[count++] = row;
            }
        }
        return count;
    }
}
