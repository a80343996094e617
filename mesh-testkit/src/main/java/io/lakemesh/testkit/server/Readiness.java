package io.lakemesh.testkit.server;

import static java.lang.ProcessBuilder.Redirect.DISCARD;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether a server answers yet. An {@link IOException} means: not yet. */
@FunctionalInterface
interface Readiness {
    boolean isReady() throws IOException, InterruptedException;

    /** Ready when the address answers with status 200. */
    static Readiness http(URI address) {
        return http(HttpClient.newHttpClient(), address);
    }

    /** Ready when the address answers this client with status 200. */
    static Readiness http(HttpClient client, URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(2)).build();
        return () ->
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** Ready when the command ends with 0. */
    static Readiness command(ProcessBuilder command) {
        return () -> command.redirectErrorStream(true)
                        .redirectOutput(DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
