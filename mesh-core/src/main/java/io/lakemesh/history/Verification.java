package io.lakemesh.history;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.provenance.FileEvidence;
import java.util.List;

/**
 * What recomputing a release from its stored bytes found.
 *
 * @param release the release's number; 0 where the damage kept it from being found
 * @param findings what does not hold; empty if everything does
 * @param files every file that was covered, with the digest that it must have
 */
public record Verification(ProductAddress product, long release, List<Finding> findings, List<FileEvidence> files) {
    public Verification {
        findings = List.copyOf(findings);
        files = List.copyOf(files);
    }

    public boolean holds() {
        return findings.isEmpty();
    }

    /**
     * Something that does not hold.
     *
     * @param subject the file, table or check
     * @param message what was expected and what was found
     */
    public record Finding(String subject, String message) {
        @Override
        public String toString() {
            return subject + ": " + message;
        }
    }
}
