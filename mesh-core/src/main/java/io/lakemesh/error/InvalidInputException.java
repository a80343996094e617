package io.lakemesh.error;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The input is wrong (a descriptor, a file, an argument): mend it. Holds every problem that was found, not only the first. */
public final class InvalidInputException extends MeshException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidInputException(String message) {
        this(message, (Throwable) null);
    }

    public InvalidInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problems = List.of();
    }

    public InvalidInputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** The problems with their places; empty where the message says it all. */
    public List<Problem> problems() {
        return problems;
    }
}
