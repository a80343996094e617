package io.lakemesh.cli;

import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.run.PublishResult;

/** What the process ends with; scripts rely on the numbers. */
final class ExitCode {
    static final int DONE = 0;
    static final int OUR_FAILURE = 1;
    static final int INVALID_INPUT = 2;
    static final int REFUSED = 3;
    static final int ACCESS_DENIED = 4;
    static final int CONFLICT = 5;
    static final int UNAVAILABLE = 6;
    /** {@code mesh plan}: publishing would change something. */
    static final int CHANGES = 10;
    /** {@code mesh plan}: publishing would break readers. */
    static final int BREAKING_CHANGES = 11;

    private ExitCode() {}

    static int of(PublishResult result) {
        return result.outcome() == PublishResult.Outcome.REFUSED ? REFUSED : DONE;
    }

    static int of(Throwable failure) {
        if (failure instanceof InvalidInputException) {
            return INVALID_INPUT;
        }
        if (failure instanceof AccessDeniedException) {
            return ACCESS_DENIED;
        }
        if (failure instanceof ConflictException) {
            return CONFLICT;
        }
        return failure instanceof UnavailableException ? UNAVAILABLE : OUR_FAILURE;
    }
}
