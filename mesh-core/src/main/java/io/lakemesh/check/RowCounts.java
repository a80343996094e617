package io.lakemesh.check;

/**
 * What became of a run's rows. {@code read = published + quarantined + withheld}, always.
 *
 * @param withheld good rows of a refused run
 */
public record RowCounts(long read, long published, long quarantined, long withheld) {
    public static final RowCounts ZERO = new RowCounts(0, 0, 0, 0);

    public RowCounts {
        if (read != published + quarantined + withheld) {
            throw new IllegalArgumentException("Invalid row counts: " + read + " read, " + published + " published, "
                    + quarantined + " quarantined, " + withheld + " withheld");
        }
    }

    public RowCounts plus(RowCounts other) {
        return new RowCounts(
                read + other.read,
                published + other.published,
                quarantined + other.quarantined,
                withheld + other.withheld);
    }
}
