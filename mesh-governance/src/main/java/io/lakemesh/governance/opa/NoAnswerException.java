package io.lakemesh.governance.opa;

import io.lakemesh.error.MeshException;
import org.jspecify.annotations.Nullable;

/** Open Policy Agent gave no answer, or none that is known here. */
final class NoAnswerException extends MeshException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
