package io.lakemesh.run;

import java.util.Locale;

/** What a publish does with the rows that are there. */
public enum Mode {
    /** Adds the run's rows. */
    APPEND,
    /** Replaces all rows. */
    OVERWRITE,
    /** Replaces the partitions that the run has rows for. */
    OVERWRITE_PARTITIONS,
    /** Replaces the rows whose primary key the run has, adds the others. */
    UPSERT;

    /** As on the command line: {@code overwrite-partitions}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
