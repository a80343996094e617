package io.lakemesh.iceberg;

import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What catalogs and storage throw, in our words: a driver's or a server's own may show a secret or a value. */
final class Failures {
    private Failures() {}

    static <T> T reaching(Supplier<T> action) {
        try {
            return action.get();
        } catch (UncheckedSQLException e) {
            throw database(e);
        } catch (NotAuthorizedException | ForbiddenException e) {
            throw new AccessDeniedException(
                    "Cannot use the catalog: it refused these credentials; check the catalog section of mesh.yaml", e);
        } catch (CommitFailedException e) {
            throw new ConflictException("Cannot change a table: another process was quicker; try again", e);
        } catch (CommitStateUnknownException e) {
            throw new UnavailableException(
                    "Cannot tell whether a table was changed: the catalog does not answer; try again", e);
        } catch (RESTException e) {
            throw new UnavailableException("Cannot reach the catalog: its server refused or did not answer", e);
        } catch (NotFoundException e) {
            throw new IntegrityException(e.getMessage() + ", which a release rests on", e);
        } catch (SdkException e) {
            throw storage(e);
        } catch (UncheckedIOException e) {
            throw storage(e);
        }
    }

    static void reaching(Runnable action) {
        reaching(() -> {
            action.run();
            return "";
        });
    }

    /** The storage's failure with its cause, which the exception around it may leave out. */
    static UnavailableException storage(UncheckedIOException failure) {
        String place = String.valueOf(failure.getMessage());
        String cause = cause(failure);
        String told = place.contains(cause) ? place : place + ": " + cause;
        boolean full = told.contains("No space left") || told.contains("quota exceeded");
        return new UnavailableException(
                "Cannot reach the warehouse: " + told + (full ? "; make room and run again" : ""), failure);
    }

    /** What the operating system says, without what libraries say around it: that may show values. */
    static String cause(UncheckedIOException failure) {
        IOException deepest = Objects.requireNonNull(failure.getCause());
        for (Throwable at = deepest; at != null; at = at.getCause()) {
            deepest = at instanceof IOException deeper ? deeper : deepest;
        }
        if (deepest instanceof FileSystemException file) {
            boolean denied = deepest instanceof java.nio.file.AccessDeniedException;
            return Objects.requireNonNullElse(
                    denied ? "permission denied" : file.getReason(),
                    deepest.getClass().getSimpleName());
        }
        return String.valueOf(deepest.getMessage());
    }

    private static RuntimeException database(UncheckedSQLException failure) {
        String state = failure.getCause() instanceof SQLException cause ? cause.getSQLState() : null;
        if (state != null && state.startsWith("28")) {
            return new AccessDeniedException(
                    "Cannot use the catalog: the database refused the sign-in; check catalog.user and catalog.password",
                    failure);
        }
        if ("42501".equals(state)) {
            return new AccessDeniedException(
                    "Cannot use the catalog: the database's user may not do this; grant it the schema's tables",
                    failure);
        }
        String told = failure.getCause() == null
                ? ""
                : String.valueOf(failure.getCause().getMessage());
        if (told.contains("[SQLITE_FULL]")) {
            return new UnavailableException(
                    "Cannot write the catalog: the disk that its file is on is full; make room and run again", failure);
        }
        if (told.contains("[SQLITE_READONLY")) {
            return new UnavailableException(
                    "Cannot write the catalog: its file or folder is read-only; check catalog.uri", failure);
        }
        return new UnavailableException(
                "3D000".equals(state)
                        ? "Cannot reach the catalog: there is no such database; create it, or mend catalog.uri"
                        : "Cannot reach the catalog: the database refused or did not answer; is it running, and is"
                                + " catalog.uri right?",
                failure);
    }

    /** What is thrown for storage that went away while it was read, however deep libraries have wrapped it; empty for other failures. */
    static Optional<MeshException> unreached(RuntimeException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SdkException storage) {
                return Optional.of(storage(storage));
            }
            if (at instanceof SocketException || at instanceof SocketTimeoutException) {
                return Optional.of(new UnavailableException(
                        "Cannot reach the warehouse: the connection broke while a file was read; try again", failure));
            }
        }
        return Optional.empty();
    }

    private static MeshException storage(SdkException failure) {
        if (!(failure instanceof S3Exception answer)) {
            return new UnavailableException(
                    "Cannot reach the warehouse: the storage did not answer; is it running, and is warehouse.endpoint"
                            + " right?",
                    failure);
        }
        // answers to HEAD have no body, and so no code
        String code = Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
        String told = ": the storage answered " + (answer.statusCode() + " " + code).strip() + "; "
                + advice(code.isEmpty() ? Integer.toString(answer.statusCode()) : code);
        return answer.statusCode() == 401 || answer.statusCode() == 403
                ? new AccessDeniedException("Cannot use the warehouse" + told, failure)
                : new UnavailableException("Cannot reach the warehouse" + told, failure);
    }

    private static String advice(String code) {
        return switch (code) {
            case "NoSuchBucket", "404" -> "create the bucket, or mend warehouse.location";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch" -> "check warehouse.access-key and warehouse.secret-key";
            case "RequestTimeTooSkewed" -> "this machine's clock and the storage's differ: set both by NTP";
            case "AccessDenied", "403" -> "let these credentials read, write, list and delete in the bucket";
            case "PermanentRedirect", "AuthorizationHeaderMalformed" -> "check warehouse.region";
            case "SlowDown", "ServiceUnavailable", "503" -> "it has too much to do: try again later";
            default -> "try again later";
        };
    }
}
