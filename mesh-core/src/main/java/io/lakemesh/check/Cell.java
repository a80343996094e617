package io.lakemesh.check;

import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A converted value on its way into a vector, and what is wrong with it. A buffer; shared once it is in a {@link ValueCache}. */
final class Cell {
    private static final List<QuarantinedRow.Reason> NONE = List.of();

    long whole;
    double number;

    @Nullable
    Object object;

    boolean present;
    private List<QuarantinedRow.Reason> reasons = NONE;

    void clear() {
        object = null;
        present = false;
        reasons = NONE;
    }

    void setWhole(long value) {
        whole = value;
        present = true;
    }

    void setNumber(double value) {
        number = value;
        present = true;
    }

    void setObject(Object value) {
        object = value;
        present = true;
    }

    void fail(QuarantinedRow.Reason reason) {
        if (reasons.isEmpty()) {
            reasons = new ArrayList<>();
        }
        reasons.add(reason);
    }

    boolean isGood() {
        return reasons.isEmpty();
    }

    List<QuarantinedRow.Reason> reasons() {
        return reasons;
    }

    void store(Vector vector, int row) {
        if (!present) {
            vector.setNull(row);
        } else if (vector instanceof LongVector longs) {
            longs.setValue(row, whole);
        } else if (vector instanceof DoubleVector doubles) {
            doubles.setValue(row, number);
        } else {
            vector.set(row, object);
        }
    }
}
