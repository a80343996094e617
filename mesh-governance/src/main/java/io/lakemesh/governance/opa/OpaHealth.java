package io.lakemesh.governance.opa;

import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.health.Examination;
import io.lakemesh.health.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Looks at an Open Policy Agent: whether it answers, and which revision of the policy it holds. */
public final class OpaHealth {
    private static final DocumentLimits LIMITS = new DocumentLimits(1 << 12, 4, 0, 100, 1 << 12);
    private static final int SHOWN = 12;
    private static final String NO_OPA = "Its answer is not that of an Open Policy Agent";

    private final HttpUrl url;
    private final Duration timeout;

    /**
     * Looks at the OPA at an address.
     *
     * @param timeout of each call
     */
    public OpaHealth(String url, Duration timeout) {
        this.url = OpaAddress.of(url).build();
        this.timeout = timeout;
    }

    /** Whether it answers. */
    public List<Finding> check() {
        return answer().findings();
    }

    /** Whether it answers, and holds this revision of the policy. */
    public List<Finding> check(Supplier<String> expected) {
        return answer().step("revision", () -> compared(revision(), expected.get()))
                .findings();
    }

    private Examination answer() {
        return new Examination("opa").step("answer", () -> {
            revision();
            return url.host() + ":" + url.port();
        });
    }

    private static String compared(Optional<String> held, String expected) {
        String remedy = ": mesh policy push, or the bundle that it polls, brings it up to date";
        if (held.isEmpty()) {
            throw new MeshException("It holds no policy of a mesh" + remedy);
        }
        if (!held.get().equals(expected)) {
            throw new MeshException(
                    "It holds revision " + shown(held.get()) + ", and the policy here is " + shown(expected) + remedy);
        }
        return shown(expected) + ", as the policy here";
    }

    private static String shown(String revision) {
        return revision.substring(0, Math.min(SHOWN, revision.length()));
    }

    /**
     * The revision of the bundle that it holds, whether that was pushed or polled; empty if it holds none.
     *
     * @throws UnavailableException if it does not answer, or not as an OPA does
     */
    Optional<String> revision() {
        Request request = new Request.Builder()
                .url(url.newBuilder()
                        .addPathSegments("v1/data/lakemesh/revision/digest")
                        .build())
                .build();
        try (Response response = OpaAddress.client(timeout).newCall(request).execute()) {
            if (response.code() != 200) {
                throw new UnavailableException("It answered with status " + response.code());
            }
            String body = Objects.requireNonNull(response.body()).string();
            if (Documents.parse("OPA's answer", body, LIMITS) instanceof Node.Mapping answer) {
                return answer.text("result");
            }
            throw new UnavailableException(NO_OPA);
        } catch (IOException e) {
            throw new UnavailableException(
                    "It cannot be reached in time (" + e.getClass().getSimpleName() + "): is policy.url right?", e);
        } catch (InvalidInputException e) {
            throw new UnavailableException(NO_OPA, e);
        }
    }
}
