package io.lakemesh.governance.opa;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lakemesh.health.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is at the address and is no Open Policy Agent; a real one is looked at in {@code PolledBundleTest}. */
class OpaHealthTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {} | It answered with status 404",
                "500 | {\"result\": \"5f1c\"} | It answered with status 500",
                "200 | <html> | Its answer is not that of an Open Policy Agent",
            })
    void saysWhatDoesNotAnswerAsOpaDoes(int status, String body, String message) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();

            List<Finding> findings = new OpaHealth(url, Duration.ofSeconds(5)).check(() -> "5f1c");

            assertThat(findings).first().satisfies(finding -> {
                assertThat(finding.well()).isFalse();
                assertThat(finding.message()).contains(message);
            });
        } finally {
            server.stop(0);
        }
    }
}
