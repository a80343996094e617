package io.lakemesh.iceberg;

import io.lakemesh.provenance.FileEvidence;
import org.apache.iceberg.ContentFile;

/** A finished file and the digest that its bytes had when they were written. */
record StagedFile<F extends ContentFile<F>>(F file, String sha256) {
    FileEvidence evidence(FileEvidence.Kind kind) {
        return new FileEvidence(kind, file.location(), file.fileSizeInBytes(), sha256);
    }
}
