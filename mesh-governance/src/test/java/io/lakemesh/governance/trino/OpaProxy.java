package io.lakemesh.governance.trino;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Stands between Trino and OPA: writes down what is asked, and can answer in OPA's place or be gone. */
final class OpaProxy {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits for an acknowledgement
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "opa-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final int port;
    private volatile String target;
    private volatile @Nullable String answer;
    private volatile String answered = "";
    private HttpServer server;

    OpaProxy(String target) {
        this.target = target;
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer listen(int at) {
        try {
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            listening.setExecutor(threads);
            listening.createContext("/", this::handle);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String operation = operation(question);
        asked.add(operation);
        String own = answered.isEmpty() || answered.equals(operation) ? answer : null;
        byte[] body =
                (own == null ? forward(exchange.getRequestURI(), question) : own).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private String forward(URI path, String question) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(target + path))
                .POST(HttpRequest.BodyPublishers.ofString(question))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String operation(String question) {
        Node.Mapping document = (Node.Mapping) Documents.parse("question", question, DocumentLimits.MANIFEST);
        Node.Mapping input =
                (Node.Mapping) Objects.requireNonNull(document.entries().get("input"));
        Node.Mapping action =
                (Node.Mapping) Objects.requireNonNull(input.entries().get("action"));
        return action.text("operation").orElseThrow();
    }

    /** The operations that were asked about since the last time. */
    List<String> asked() {
        synchronized (asked) {
            List<String> all = List.copyOf(asked);
            asked.clear();
            return all;
        }
    }

    /** Runs while this is what everything is answered with. */
    void answering(String body, Runnable task) {
        answer = body;
        try {
            task.run();
        } finally {
            answer = null;
        }
    }

    /** Runs while this is what one operation is answered with. */
    void answering(String operation, String body, Runnable task) {
        answered = operation;
        try {
            answering(body, task);
        } finally {
            answered = "";
        }
    }

    /** Runs while another OPA answers. */
    void instead(String url, Runnable task) {
        String usual = target;
        target = url;
        try {
            task.run();
        } finally {
            target = usual;
        }
    }

    /** Runs while nothing listens. */
    void gone(Runnable task) {
        server.stop(0);
        try {
            task.run();
        } finally {
            server = listen(port);
        }
    }
}
