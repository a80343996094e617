package io.lakemesh.error;

import org.jspecify.annotations.Nullable;

/** The subject may not do this: ask the product's owner for access. */
public final class AccessDeniedException extends MeshException {
    private static final long serialVersionUID = 1L;

    public AccessDeniedException(String message) {
        super(message);
    }

    public AccessDeniedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
