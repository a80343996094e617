package io.lakemesh.governance.opa;

import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** The rules and data of an Open Policy Agent, asked over REST. Safe for use by many threads. */
final class OpaRules implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");

    private final HttpUrl data;
    private final OkHttpClient client;
    private final DocumentLimits limits;

    /**
     * Those of the OPA at an address.
     *
     * @param timeout of a whole call
     * @param limits of an answer
     */
    OpaRules(String url, Duration timeout, DocumentLimits limits) {
        this.data = OpaAddress.of(url).addPathSegments("v1/data/lakemesh").build();
        this.client = OpaAddress.client(timeout);
        this.limits = limits;
    }

    /**
     * What a rule says of an input; empty where it is undefined.
     *
     * @param rule its path below {@code data.lakemesh}
     * @throws NoAnswerException if it is out of reach, too late, or the answer is not well-formed
     */
    Optional<Node> ask(List<String> rule, Node input) {
        HttpUrl.Builder url = data.newBuilder();
        rule.forEach(url::addPathSegment);
        String question = Json.writeCompact(Node.mapping().put("input", input).build());
        Request request = new Request.Builder()
                .url(url.build())
                .post(RequestBody.create(question, JSON))
                .build();
        try (Response response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new NoAnswerException("it answered with status " + response.code(), null);
            }
            return answer(response) instanceof Node.Mapping answer ? answer.get("result") : Optional.empty();
        } catch (IOException e) {
            throw new NoAnswerException(
                    "it cannot be reached in time (" + e.getClass().getSimpleName() + ")", e);
        } catch (InvalidInputException e) {
            throw new NoAnswerException("its answer is not well-formed", e);
        }
    }

    private Node answer(Response response) throws IOException {
        BufferedSource source = Objects.requireNonNull(response.body()).source();
        if (source.request(limits.bytes() + 1L)) {
            throw new InvalidInputException("the answer is too long");
        }
        return Documents.parse("OPA's answer", source.getBuffer().readUtf8(), limits);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
