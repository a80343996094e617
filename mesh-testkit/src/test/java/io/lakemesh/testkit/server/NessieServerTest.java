package io.lakemesh.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class NessieServerTest {
    @Test
    void isAnIcebergRestCatalogOnMinio() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(NessieServer.shared().uri().resolve("v1/config"))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .contains("s3://mesh-");
    }
}
