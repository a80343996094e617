package io.lakemesh.testkit.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lakemesh.testkit.canary.Traces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before an HTTP server and keeps whatever is said to it and by it. Safe for use by many threads. */
public final class HttpRecorder implements AutoCloseable {
    /** What each end of a connection says for itself. */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade", "http2-settings");

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    /**
     * A question and its answer.
     *
     * @param question the method, the address and the headers
     * @param answer the status and the headers
     * @param bodies of both
     */
    private record Exchange(String question, String answer, List<byte[]> bodies) {
        boolean tells(Traces traces) {
            return traces.isIn(question)
                    || traces.isIn(answer)
                    || bodies.stream().anyMatch(traces::isIn);
        }
    }

    public HttpRecorder(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    /** Where to ask instead. */
    public URI uri() {
        return URI.create(
                "http://" + ServerProcess.LOOPBACK + ":" + server.getAddress().getPort());
    }

    /** What was asked so far: methods and paths. */
    public List<String> asked() {
        return exchanges.stream()
                .map(exchange -> exchange.question().lines().findFirst().orElseThrow())
                .toList();
    }

    /** The questions whose address, headers or body tell something, or whose answer does. */
    public List<String> telling(Traces traces) {
        return exchanges.stream()
                .filter(exchange -> exchange.tells(traces))
                .map(Exchange::question)
                .toList();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            HttpResponse<byte[]> answer = forward(exchange, asked);
            exchanges.add(new Exchange(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                            + exchange.getRequestHeaders().entrySet(),
                    answer.statusCode() + "\n" + answer.headers().map(),
                    List.of(asked, answer.body())));
            copy(answer.headers().map(), exchange.getResponseHeaders()::add);
            boolean hasBody = answer.body().length > 0;
            exchange.sendResponseHeaders(answer.statusCode(), hasBody ? answer.body().length : -1);
            if (hasBody) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private interface Headers {
        void add(String name, String value);
    }

    private static void copy(Map<String, List<String>> headers, Headers into) {
        headers.forEach((name, values) -> {
            if (!OF_CONNECTIONS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> into.add(name, value));
            }
        });
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] asked) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        target.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(asked));
        copy(exchange.getRequestHeaders(), request::header);
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
