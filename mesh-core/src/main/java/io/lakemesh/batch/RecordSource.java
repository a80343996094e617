package io.lakemesh.batch;

/** Where a run's raw rows come from: files, a query, Java records. */
public interface RecordSource {
    /** Starts to read; the rows are read once. */
    RecordReader open();

    /** What to call it in messages and provenance. */
    String name();
}
