package io.lakemesh.history;

import io.lakemesh.provenance.Manifest;

/**
 * A release, found.
 *
 * @param digest hex digest of its manifest
 */
public record Release(String digest, Manifest manifest) {
    public long number() {
        return manifest.release();
    }
}
