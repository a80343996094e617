package io.lakemesh.run;

/** Hears how far a run is; called often, from the run's thread. */
public interface Progress {
    Progress NONE = (object, rows) -> {};

    /** So many rows of an object have been read. */
    void read(String object, long rows);
}
