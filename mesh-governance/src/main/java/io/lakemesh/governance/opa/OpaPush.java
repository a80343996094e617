package io.lakemesh.governance.opa;

import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Puts a bundle's files into an OPA that polls none: Rego first, then the data that it decides by, and then it removes the Rego that
 * an earlier push put there and this bundle does not have. So there is never less in force than the old or the new denials.
 */
public final class OpaPush {
    private static final MediaType REGO = MediaType.get("text/plain; charset=utf-8");
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String DATA = "/data.json";

    private final HttpUrl api;
    private final OkHttpClient client;

    /**
     * Pushes to the OPA at an address.
     *
     * @param timeout of each call
     */
    public OpaPush(String url, Duration timeout) {
        this.api = OpaAddress.of(url).addPathSegment("v1").build();
        this.client = OpaAddress.client(timeout);
    }

    /**
     * Puts the files there. Repeated, it ends what was broken off.
     *
     * @throws UnavailableException if it is out of reach
     * @throws MeshException if it refuses a file, as it does where it polls a bundle
     */
    public void push(OpaBundle bundle) {
        bundle.files().forEach((name, content) -> {
            if (name.endsWith(".rego")) {
                put(policy(name), content, REGO);
            }
        });
        bundle.files().forEach((name, content) -> {
            if (name.endsWith(DATA)) {
                put(url("data", name.substring(0, name.length() - DATA.length())), content, JSON);
            }
        });
        List<String> outdated = policies()
                .filter(name ->
                        OpaBundle.isUnderItsRoots(name) && !bundle.files().containsKey(name))
                .toList();
        outdated.forEach(name -> call(new Request.Builder().url(policy(name)).delete()));
    }

    private HttpUrl policy(String name) {
        return url("policies", name);
    }

    private HttpUrl url(String kind, String path) {
        return api.newBuilder().addPathSegment(kind).addPathSegments(path).build();
    }

    private void put(HttpUrl url, byte[] content, MediaType type) {
        call(new Request.Builder().url(url).put(RequestBody.create(content, type)));
    }

    /** The names of the Rego files that it has. */
    private Stream<String> policies() {
        HttpUrl url = api.newBuilder().addPathSegment("policies").build();
        String answer = call(new Request.Builder().url(url));
        try {
            return Documents.parse("OPA's policies", answer, DocumentLimits.MANIFEST) instanceof Node.Mapping all
                    ? all.list("result").stream().flatMap(policy -> id(policy).stream())
                    : Stream.empty();
        } catch (InvalidInputException e) {
            throw new MeshException(
                    "Cannot push the policy: what Open Policy Agent says of its Rego is not well-formed", e);
        }
    }

    private static Optional<String> id(Node policy) {
        return policy instanceof Node.Mapping mapping ? mapping.text("id") : Optional.empty();
    }

    private String call(Request.Builder builder) {
        Request request = builder.build();
        HttpUrl url = request.url();
        try (Response response = client.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new MeshException("Cannot push the policy: Open Policy Agent answered " + url.encodedPath()
                        + " with status " + response.code() + "; does it poll a bundle of its own?");
            }
            return Objects.requireNonNull(response.body()).string();
        } catch (IOException e) {
            throw new UnavailableException(
                    "Cannot push the policy to " + url.host() + ":" + url.port() + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }
}
