package io.lakemesh.iceberg;

import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.UnavailableException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What catalogs and storage throw, in our words: a driver's or a server's own may show a secret or a value. */
final class Failures {
    private Failures() {}

    static <T> T reaching(Supplier<T> action) {
        try {
            return action.get();
        } catch (UncheckedSQLException e) {
            throw new UnavailableException("Cannot reach the catalog: the database refused or did not answer", e);
        } catch (NotAuthorizedException | ForbiddenException e) {
            throw new AccessDeniedException(
                    "Cannot use the catalog: it refused these credentials; check the catalog section of mesh.yaml", e);
        } catch (RESTException e) {
            throw new UnavailableException("Cannot reach the catalog: its server refused or did not answer", e);
        } catch (NotFoundException e) {
            throw new IntegrityException(e.getMessage() + ", which a release rests on", e);
        } catch (SdkException e) {
            throw storage(e);
        } catch (UncheckedIOException e) {
            throw new UnavailableException("Cannot reach the warehouse: " + e.getMessage(), e);
        }
    }

    private static RuntimeException storage(SdkException failure) {
        if (!(failure instanceof S3Exception answer)) {
            return new UnavailableException("Cannot reach the warehouse: the storage did not answer", failure);
        }
        String code = answer.awsErrorDetails() == null
                ? ""
                : " " + answer.awsErrorDetails().errorCode();
        String told = "the storage answered " + answer.statusCode() + code;
        return answer.statusCode() == 401 || answer.statusCode() == 403
                ? new AccessDeniedException(
                        "Cannot use the warehouse: " + told + "; check the warehouse section of mesh.yaml", failure)
                : new UnavailableException("Cannot reach the warehouse: " + told, failure);
    }
}
