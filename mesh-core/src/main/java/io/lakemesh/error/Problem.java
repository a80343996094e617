package io.lakemesh.error;

/**
 * One thing that is wrong, or odd, in an input. Its text reads {@code file:line:column: message}.
 *
 * @param severity errors stop, warnings don't
 * @param place where it stands
 * @param message what is wrong, what was expected, and a near match if there is one
 */
public record Problem(Severity severity, Place place, String message) {
    /** How bad a problem is. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public static Problem error(Place place, String message) {
        return new Problem(Severity.ERROR, place, message);
    }

    public static Problem warning(Place place, String message) {
        return new Problem(Severity.WARNING, place, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return place + ": " + (isError() ? "" : "warning: ") + message;
    }
}
