package io.lakemesh.error;

import org.jspecify.annotations.Nullable;

/**
 * Base of everything that Lakemesh throws on purpose. Messages name the place, the cause and what to do; they never hold a
 * row's values or a secret.
 *
 * <p>Thrown itself for a failure of our own; callers can do nothing about it but report it.
 */
public class MeshException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MeshException(String message) {
        super(message);
    }

    public MeshException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
