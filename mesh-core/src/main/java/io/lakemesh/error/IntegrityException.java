package io.lakemesh.error;

import org.jspecify.annotations.Nullable;

/** Stored evidence does not hold (a digest, a missing file, a broken chain): stop and inspect. */
public final class IntegrityException extends MeshException {
    private static final long serialVersionUID = 1L;

    public IntegrityException(String message) {
        super(message);
    }

    public IntegrityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
