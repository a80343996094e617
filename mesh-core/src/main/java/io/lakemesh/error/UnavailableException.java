package io.lakemesh.error;

import org.jspecify.annotations.Nullable;

/** A service that is needed cannot be reached: try later, or look at it with {@code mesh doctor}. */
public final class UnavailableException extends MeshException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
