package io.lakemesh.testkit.server;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a proxy does to a connection; named and measured as in Toxiproxy's manual. It meets the server's replies unless it is
 * put {@link #onRequests() on requests}.
 */
public record Toxic(String type, String stream, Map<String, Long> attributes) {
    public Toxic {
        attributes = Map.copyOf(attributes);
    }

    /** Holds everything back for a while. */
    public static Toxic latency(Duration delay) {
        return of("latency", Map.of("latency", delay.toMillis()));
    }

    /** Passes on so many kilobytes a second. */
    public static Toxic bandwidth(long kilobytes) {
        return of("bandwidth", Map.of("rate", kilobytes));
    }

    /** Breaks the connection with a TCP reset, after a while. */
    public static Toxic resetPeer(Duration after) {
        return of("reset_peer", Map.of("timeout", after.toMillis()));
    }

    /** Closes late what the server has closed. */
    public static Toxic slowClose(Duration delay) {
        return of("slow_close", Map.of("delay", delay.toMillis()));
    }

    /** Passes nothing on and closes after a while; never, where that is zero. */
    public static Toxic timeout(Duration after) {
        return of("timeout", Map.of("timeout", after.toMillis()));
    }

    /** Closes the connection once it has passed on so many bytes. */
    public static Toxic limitData(long bytes) {
        return of("limit_data", Map.of("bytes", bytes));
    }

    private static Toxic of(String type, Map<String, Long> attributes) {
        return new Toxic(type, "downstream", attributes);
    }

    /** The same on the way from the client to the server. */
    public Toxic onRequests() {
        return new Toxic(type, "upstream", attributes);
    }

    String json() {
        return attributes.entrySet().stream()
                .map(attribute -> "\"" + attribute.getKey() + "\": " + attribute.getValue())
                .collect(Collectors.joining(
                        ", ",
                        "{\"name\": \"" + name() + "\", \"type\": \"" + type + "\", \"stream\": \"" + stream
                                + "\", \"attributes\": {",
                        "}}"));
    }

    String name() {
        return type + "_" + stream;
    }
}
