package io.lakemesh.trino;

import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the driver throws as what a caller can do about it.
 *
 * @param task what failed, as the beginning of a sentence: {@code Cannot read trino query 1a2b3c4d}
 */
record TrinoFailures(TrinoAccess access, String task) {
    private static final Pattern OF_SERVER = Pattern.compile("Query failed \\(#(\\S+)\\): (.*)", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("\\bline (\\d+):");
    private static final int PERMISSION_DENIED = 4;
    private static final int FIRST_THAT_IS_NO_FAULT_OF_THE_USER = 0x1_0000;

    /** With Trino's own message, which quotes the statement and, once rows are read, their values: for who sent the statement. */
    MeshException of(SQLException failure) {
        Matcher told = told(failure);
        return told.matches()
                ? told(failure.getErrorCode(), firstLine(told.group(2)) + " (query " + told.group(1) + ")", failure)
                : unreached(failure);
    }

    /** Likewise, of a statement that stands below an EXPLAIN: places are told as of its own first line. */
    MeshException ofExplained(SQLException failure) {
        Matcher line = LINE.matcher(String.valueOf(failure.getMessage()));
        return of(new SQLException(
                line.replaceFirst(found -> "line " + (Integer.parseInt(found.group(1)) - 1) + ":"),
                failure.getSQLState(),
                failure.getErrorCode(),
                failure));
    }

    /** Without Trino's own message and the cause that has it. */
    MeshException withoutValues(SQLException failure) {
        Matcher told = told(failure);
        return told.matches()
                ? told(
                        failure.getErrorCode(),
                        "Trino's error " + failure.getErrorCode() + "; its web interface says more of query "
                                + told.group(1),
                        null)
                : unreached(failure);
    }

    private static Matcher told(SQLException failure) {
        return OF_SERVER.matcher(String.valueOf(failure.getMessage()));
    }

    private MeshException told(int code, String reason, @Nullable Throwable cause) {
        String message = task + ": " + reason;
        if (code == PERMISSION_DENIED) {
            return new AccessDeniedException(message, cause);
        }
        return code < FIRST_THAT_IS_NO_FAULT_OF_THE_USER
                ? new InvalidInputException(message, cause)
                : new UnavailableException(message, cause);
    }

    private MeshException unreached(SQLException failure) {
        String message = firstLine(String.valueOf(failure.getMessage()));
        return message.startsWith("Authentication failed")
                ? new AccessDeniedException(
                        task + ": " + access + " does not let this user in (trino in mesh.yaml)", failure)
                : new UnavailableException(task + ": cannot reach " + access + ": " + message, failure);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
