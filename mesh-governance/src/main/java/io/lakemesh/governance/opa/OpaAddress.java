package io.lakemesh.governance.opa;

import io.lakemesh.error.InvalidInputException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** Where an Open Policy Agent answers. */
final class OpaAddress {
    private OpaAddress() {}

    static HttpUrl.Builder of(String url) {
        HttpUrl address = HttpUrl.parse(url);
        if (address == null) {
            throw new InvalidInputException("Invalid policy.url: expected one such as http://127.0.0.1:8181");
        }
        return address.newBuilder();
    }

    /** A client that follows no redirect: what answers elsewhere is not the OPA that was named. */
    static OkHttpClient client(Duration timeout) {
        return new OkHttpClient.Builder()
                .callTimeout(timeout)
                .followRedirects(false)
                .build();
    }
}
