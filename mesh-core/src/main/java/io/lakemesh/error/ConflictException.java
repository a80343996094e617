package io.lakemesh.error;

import org.jspecify.annotations.Nullable;

/** Somebody else changed the same thing first: try again. */
public final class ConflictException extends MeshException {
    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message);
    }

    public ConflictException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
