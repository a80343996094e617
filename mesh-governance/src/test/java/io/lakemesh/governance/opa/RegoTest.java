package io.lakemesh.governance.opa;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.testkit.server.OpaServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OPA's own look at our Rego. */
@Tag("server")
class RegoTest {
    private static final String LIBRARY = "src/main/resources/io/lakemesh/governance/opa";
    private static final String TESTS = "src/test/rego";

    @Test
    void isStrict() throws Exception {
        assertThat(opa("check", "--strict", LIBRARY, TESTS)).isEmpty();
    }

    @Test
    void isFormatted() throws Exception {
        assertThat(opa("fmt", "--list", LIBRARY, TESTS)).isEmpty();
    }

    @Test
    void passesItsOwnTests() throws Exception {
        assertThat(opa("test", LIBRARY, TESTS)).startsWith("PASS: 20/20");
    }

    private static String opa(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(OpaServer.program().toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }
}
