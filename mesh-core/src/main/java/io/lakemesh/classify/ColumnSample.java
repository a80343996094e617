package io.lakemesh.classify;

import io.lakemesh.batch.Vector;
import java.util.LinkedHashSet;
import java.util.Set;

/** A bounded, even sample of the values of one column. The same values in the same order give the same sample. */
public final class ColumnSample {
    /** Values kept of a column, however many there are. */
    public static final int SIZE = 500;

    /** Of a longer text only the beginning is looked at. */
    private static final int LONGEST = 256;

    private final ColumnWords words;
    private final Reservoir values;

    ColumnSample(String name) {
        this.words = new ColumnWords(name);
        this.values = new Reservoir(SIZE, name.hashCode());
    }

    /** Takes a value that is not null. */
    public void add(Object value) {
        if (values.takesNext()) {
            keep(value);
        }
    }

    /** Takes the values of some rows. */
    public void add(Vector column, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            if (!column.isNull(rows[i]) && values.takesNext()) {
                keep(String.valueOf(column.get(rows[i])));
            }
        }
    }

    private void keep(Object value) {
        String text = value.toString();
        int end = Math.min(text.length(), LONGEST);
        values.keep(text.substring(0, end).strip());
    }

    ColumnWords words() {
        return words;
    }

    /** How many values are in the sample. */
    int size() {
        return values.kept().size();
    }

    /** The different values that are not blank: one that is repeated is no more evidence than one that is not. */
    Set<String> distinct() {
        Set<String> distinct = new LinkedHashSet<>(values.kept());
        distinct.remove("");
        return distinct;
    }
}
