package io.lakemesh.provenance;

import java.util.Locale;

/**
 * A file of a table.
 *
 * @param location its full location
 * @param bytes its size
 * @param sha256 hex digest of its bytes; empty where it was not computed
 */
public record FileEvidence(Kind kind, String location, long bytes, String sha256) {
    /** What a file holds. */
    public enum Kind {
        DATA,
        DELETE,
        MANIFEST,
        MANIFEST_LIST,
        QUARANTINE,
        PROVENANCE,
        REPORT;

        /** As in JSON: {@code manifest-list}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
