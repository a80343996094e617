package io.lakemesh.testkit.server;

import static io.lakemesh.testkit.server.ServerProcess.LOOPBACK;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Toxiproxy on a free loopback port: proxies between a client and a server that can be made slow, broken or gone. */
public final class ToxiproxyServer implements AutoCloseable {
    private static final Shared<ToxiproxyServer> SHARED = new Shared<>(ToxiproxyServer::start);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger proxies = new AtomicInteger();
    private final URI api;
    private final ServerProcess process;

    private ToxiproxyServer(URI api, ServerProcess process) {
        this.api = api;
        this.process = process;
    }

    /** The server of this JVM. */
    public static ToxiproxyServer shared() {
        return SHARED.server();
    }

    /** Starts another server. */
    public static ToxiproxyServer start() {
        Path program = Installation.of("toxiproxy", "server");
        int port = ServerProcess.freePort();
        URI api = URI.create("http://" + LOOPBACK + ":" + port);
        ServerProcess process = ServerProcess.named("toxiproxy")
                .command(program.toString(), "-host", LOOPBACK, "-port", "" + port)
                .start(Readiness.http(api.resolve("/version")));
        return new ToxiproxyServer(api, process);
    }

    /** Opens a proxy to a port of this machine. It passes everything on until a toxic is added. */
    public Proxy proxy(int upstream) {
        String name = "proxy-" + proxies.incrementAndGet();
        int port = ServerProcess.freePort();
        call(
                "POST",
                "/proxies",
                "{\"name\": \"" + name + "\", \"listen\": \"" + LOOPBACK + ":" + port + "\", \"upstream\": \""
                        + LOOPBACK + ":" + upstream + "\", \"enabled\": true}");
        return new Proxy(name, port);
    }

    @Override
    public void close() {
        process.close();
    }

    private void call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(TIMEOUT)
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Toxiproxy was called", e);
        }
    }

    /** A port that leads to another one. */
    public final class Proxy implements AutoCloseable {
        private final String name;
        private final int port;

        private Proxy(String name, int port) {
            this.name = name;
            this.port = port;
        }

        public int port() {
            return port;
        }

        /** Adds a toxic to every connection, the open ones too. There can be one of each type and direction. */
        public void add(Toxic toxic) {
            call("POST", "/proxies/" + name + "/toxics", toxic.json());
        }

        /** Removes what {@link #add} added. */
        public void remove(Toxic toxic) {
            call("DELETE", "/proxies/" + name + "/toxics/" + toxic.name(), "");
        }

        /** Breaks every connection off and refuses new ones. */
        public void disable() {
            enabled(false);
        }

        /** Takes connections again. */
        public void enable() {
            enabled(true);
        }

        private void enabled(boolean enabled) {
            call("POST", "/proxies/" + name, "{\"enabled\": " + enabled + "}");
        }

        @Override
        public void close() {
            call("DELETE", "/proxies/" + name, "");
        }
    }
}
