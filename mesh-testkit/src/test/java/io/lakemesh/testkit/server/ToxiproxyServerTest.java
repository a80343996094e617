package io.lakemesh.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lakemesh.testkit.server.ToxiproxyServer.Proxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class ToxiproxyServerTest {
    private HttpServer upstream;
    private Proxy proxy;

    @BeforeEach
    void openProxy() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 10_000);
            exchange.getResponseBody().write(new byte[10_000]);
            exchange.close();
        });
        upstream.start();
        proxy = ToxiproxyServer.shared().proxy(upstream.getAddress().getPort());
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
        upstream.stop(0);
    }

    @Test
    void passesEverythingOn() throws Exception {
        assertThat(get()).isEqualTo(10_000);
    }

    @Test
    void holdsRepliesBackUntilTheToxicIsRemoved() throws Exception {
        Toxic nothing = Toxic.timeout(Duration.ZERO);
        proxy.add(nothing);

        assertThatThrownBy(this::get).isInstanceOf(HttpTimeoutException.class);

        proxy.remove(nothing);
        assertThat(get()).isEqualTo(10_000);
    }

    @Test
    void breaksConnectionsOff() {
        proxy.add(Toxic.resetPeer(Duration.ZERO).onRequests());

        assertThatThrownBy(this::get).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void cutsRepliesShort() {
        proxy.add(Toxic.limitData(5_000));

        assertThatThrownBy(this::get).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void takesNoConnectionWhileItIsDisabled() throws Exception {
        proxy.disable();
        assertThatThrownBy(this::get).isInstanceOf(IOException.class);

        proxy.enable();
        assertThat(get()).isEqualTo(10_000);
    }

    @Test
    void knowsEveryToxic() throws Exception {
        proxy.add(Toxic.latency(Duration.ofMillis(1)));
        proxy.add(Toxic.bandwidth(1_000_000));
        proxy.add(Toxic.slowClose(Duration.ofMillis(1)));

        assertThat(get()).isEqualTo(10_000);
    }

    private int get() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/"))
                .timeout(Duration.ofSeconds(2))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofByteArray())
                .body()
                .length;
    }
}
