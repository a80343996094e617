package io.lakemesh.audit;

import java.util.Locale;

/** What a decision was about. */
public enum Action {
    /** Rows of a release, by our own reader. */
    READ,
    /** Rows of two releases, compared. */
    DIFF,
    /** Rows that runs set aside. */
    QUARANTINE,
    /** The list of releases and runs. */
    HISTORY,
    /** Protected values in the clear. */
    REVEAL,
    /** Rows by Trino, as Open Policy Agent decided. */
    QUERY,
    PUBLISH,
    /** A column that is less sensitive than what it came from is about to be published. */
    DECLASSIFY,
    ROLLBACK,
    ERASE,
    /** The policy of the mesh, to where it is enforced. */
    POLICY_PUSH;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
