package io.lakemesh.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.run.Query;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrinoFailuresTest {
    private static final TrinoAccess ACCESS = TrinoAccess.of(Map.of("url", "jdbc:trino://trino.example:8080/lake"));

    @Test
    void areWhatACallerCanDoAboutThem() {
        assertThat(of(1, "line 1:1: mismatched input 'SELEC'"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot run: line 1:1: mismatched input 'SELEC' (query 20260101_000000_00001_abcde)");
        assertThat(of(4, "Access Denied: Cannot select from table x"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageStartingWith("Cannot run: Access Denied: Cannot select from table x");
        assertThat(of(0x2_0000, "Query exceeded per-node memory limit\nand more"))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("Cannot run: Query exceeded per-node memory limit (query 20260101_000000_00001_abcde)");
    }

    private static MeshException of(int code, String message) {
        return new TrinoFailures(ACCESS, "Cannot run")
                .of(new SQLException("Query failed (#20260101_000000_00001_abcde): " + message, null, code));
    }

    @Test
    void aServerThatIsNotThereIsNamedByHostAlone() {
        Map<String, String> settings = Map.of(
                "url", "jdbc:trino://127.0.0.1:1/lake?SSL=true&clientTags=hidden", "user", "ann", "password", "secret");

        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(UnavailableException.class)
                .hasMessageStartingWith("Cannot run the query: cannot reach Trino at 127.0.0.1:1: ")
                .hasMessageNotContainingAny("secret", "hidden");
    }

    @Test
    void aUserWhoIsNotLetInIsDenied() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            assertThatThrownBy(() -> run(Map.of("url", "jdbc:trino://" + host)))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessage("Cannot run the query: Trino at " + host
                            + " does not let this user in (trino in mesh.yaml)");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void settingsThatTheDriverRefusesAreNotShown() {
        assertThatThrownBy(() -> run(Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot ask Trino: mesh.yaml has no trino.url; expected jdbc:trino://host:port/catalog");
        assertThatThrownBy(() -> run(Map.of("url", "http://trino.example?password=secret")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid trino.url: expected jdbc:trino://host:port/catalog");
        assertThatThrownBy(() -> run(Map.of("url", "jdbc:trino://trino.example:8080", "password", "secret")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot ask Trino at trino.example:8080: TLS/SSL is required for authentication with username"
                                + " and password (trino in mesh.yaml)");
    }

    private static void run(Map<String, String> settings) {
        try (Query query = new TrinoQueryEngine().query(settings, "SELECT 1")) {
            query.next();
        }
    }
}
