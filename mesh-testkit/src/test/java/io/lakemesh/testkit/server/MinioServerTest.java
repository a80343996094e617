package io.lakemesh.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class MinioServerTest {
    @Test
    void keepsWhatItHoldsFromStrangers() throws Exception {
        MinioServer minio = MinioServer.shared();

        assertThat(status(minio.endpoint().resolve("/" + minio.bucket() + "/"))).isEqualTo(403);
    }

    @Test
    void speaksTlsWithACertificateThatNobodyKnows() {
        MinioServer minio = MinioServer.sharedWithTls();

        assertThat(minio.authority()).get().asString().endsWith(".crt");
        assertThatThrownBy(() -> status(minio.endpoint()))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("unable to find valid certification path");
    }

    private static int status(URI address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
