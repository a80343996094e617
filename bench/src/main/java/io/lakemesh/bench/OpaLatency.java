package io.lakemesh.bench;

import io.lakemesh.governance.opa.GovernedTable;
import io.lakemesh.governance.opa.OpaBundle;
import io.lakemesh.governance.opa.OpaPolicyDecider;
import io.lakemesh.governance.opa.OpaPush;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.schema.Field;
import io.lakemesh.testkit.TablePolicies;
import io.lakemesh.testkit.server.OpaServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long a real Open Policy Agent takes for our question and for those of Trino, with the policy of many products. */
final class OpaLatency {
    private static final int COLUMNS = 50;
    private static final int WARM_UP = 200;
    private static final int CALLS = 1_000;
    private static final Set<String> NOTHING = Set.of("{}", "{\"result\":false}", "{\"result\":[]}");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    private OpaLatency(String url) {
        this.url = url;
    }

    /** Measures with so many products each. */
    public static void main(String[] arguments) {
        for (String products : arguments) {
            try (OpaServer opa = OpaServer.start()) {
                new OpaLatency(opa.url()).measure(Integer.parseInt(products));
            }
        }
    }

    private void measure(int products) {
        List<TablePolicy> policies = IntStream.range(0, products)
                .mapToObj(product -> TablePolicies.oneOfMany(product, COLUMNS))
                .toList();
        List<GovernedTable> tables = policies.stream()
                .map(policy -> new GovernedTable(
                        policy, policy.schema().fields().stream().collect(Collectors.toMap(Field::name, Field::id))))
                .toList();
        new OpaPush(url, TIMEOUT).push(OpaBundle.build(tables, List.of("lake"), List.of()));
        System.out.printf("%n%,d products of %d columns, %,d calls each%n", products, COLUMNS, CALLS);
        TablePolicy table = policies.get(products / 2);
        try (OpaPolicyDecider decider = new OpaPolicyDecider(url, TIMEOUT)) {
            time("our reader's question", call -> decide(decider, table, call));
        }
        OpaQuestions.of(table, policies).forEach((name, question) -> time(name, call -> ask(question)));
    }

    /** As another user each time, since answers are kept. */
    private static void decide(OpaPolicyDecider decider, TablePolicy table, int call) {
        Decision decision = decider.decide(Subject.of("user-" + call, "group-4", "x:essex"), table);
        if (!(decision instanceof Decision.Granted)) {
            throw new IllegalStateException("not granted: " + decision);
        }
    }

    private void ask(OpaQuestions.Question question) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/data/lakemesh/trino/" + question.rule()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question.body()))
                .build();
        String answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .join()
                .body();
        if (NOTHING.contains(answer.strip()) == question.granted()) {
            throw new IllegalStateException("answered " + answer + " to " + question.rule());
        }
    }

    private static void time(String name, IntConsumer call) {
        double[] milliseconds = new double[CALLS];
        for (int i = -WARM_UP; i < CALLS; i++) {
            long start = System.nanoTime();
            call.accept(i);
            if (i >= 0) {
                milliseconds[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(milliseconds);
        System.out.printf(
                "%-26s p50 %7.2f ms, p99 %7.2f ms%n", name, milliseconds[CALLS / 2], milliseconds[CALLS * 99 / 100]);
    }
}
