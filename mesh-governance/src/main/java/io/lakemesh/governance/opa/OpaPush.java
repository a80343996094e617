package io.lakemesh.governance.opa;

import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Puts a bundle's files into an OPA that polls none: Rego first, then the data that it decides by. */
public final class OpaPush {
    private static final MediaType REGO = MediaType.get("text/plain; charset=utf-8");
    private static final MediaType JSON = MediaType.get("application/json");

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
                put(
                        api.newBuilder()
                                .addPathSegment("policies")
                                .addPathSegments(name)
                                .build(),
                        content,
                        REGO);
            }
        });
        bundle.files().forEach((name, content) -> {
            if (name.endsWith("/data.json")) {
                String path = name.substring(0, name.length() - "/data.json".length());
                put(
                        api.newBuilder()
                                .addPathSegment("data")
                                .addPathSegments(path)
                                .build(),
                        content,
                        JSON);
            }
        });
    }

    private void put(HttpUrl url, byte[] content, MediaType type) {
        Request request = new Request.Builder()
                .url(url)
                .put(RequestBody.create(content, type))
                .build();
        try (Response response = client.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new MeshException("Cannot push the policy: Open Policy Agent answered " + url.encodedPath()
                        + " with status " + response.code() + "; does it poll a bundle of its own?");
            }
        } catch (IOException e) {
            throw new UnavailableException(
                    "Cannot push the policy to " + url.host() + ":" + url.port() + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }
}
