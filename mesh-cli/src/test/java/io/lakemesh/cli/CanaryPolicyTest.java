package io.lakemesh.cli;

import static io.lakemesh.testkit.canary.CanaryProduct.TRACES;
import static io.lakemesh.testkit.canary.CanaryProduct.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.testkit.ProductFiles;
import io.lakemesh.testkit.canary.CanaryProduct;
import io.lakemesh.testkit.server.HttpRecorder;
import io.lakemesh.testkit.server.OpaServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of protected columns are neither told to Open Policy Agent nor kept by it, whoever reads the rows. */
@Tag("server")
final class CanaryPolicyTest {
    private static final String ADDRESS = "retail/shop";
    private static final String ROLES =
            """
            roles:
              - role: analyst
                customProperties: [{ property: lakemesh.row-filter, value: "town = subject.town" }]
              - role: manager
              - role: nurse
                customProperties:
                  - { property: lakemesh.purpose, value: care }
                  - { property: lakemesh.reveal, value: [code, mail] }
            """;

    @TempDir
    Path folder;

    private OpaServer opa;
    private HttpRecorder recorder;
    private MeshProcess mesh;

    @BeforeEach
    void publish() throws Exception {
        opa = OpaServer.start("--set", "decision_logs.console=true");
        recorder = new HttpRecorder(URI.create(opa.url()));
        mesh = MeshProcess.in(
                folder.resolve("mesh"),
                "keys: { location: keys }\npolicy: { folder: governance, decider: opa, url: \"" + recorder.uri()
                        + "\", timeout: 20s }\n");
        ProductFiles.write(
                mesh.home().resolve("governance/mesh-policy.yaml"),
                "apiVersion: v1.0.0\nkind: MeshPolicy\nversion: 1.0.0\npurposes: [{ name: care }]\nclassifications: [{ name: public, reveal: [care] }]\n");
        Path product = ProductFiles.describe(
                folder.resolve("product"),
                "retail",
                "shop",
                "1.0.0",
                Map.of("sales", CanaryProduct.contract() + ROLES));
        Path rows = ProductFiles.write(
                folder.resolve("rows.csv"),
                String.join("\n", CanaryProduct.header(), row(1), row(2, "Ely", "1"), row(3, "Bath", "x")));
        run(0, "keys", "create", "retail");
        run(0, "publish", product, "--input", rows);
        run(0, "policy", "push");
    }

    @AfterEach
    void stop() {
        recorder.close();
        opa.close();
    }

    private void run(int code, Object... arguments) throws Exception {
        int ended = mesh.run(arguments);
        assertThat(ended).as(List.of(arguments) + "\n" + mesh.last()).isEqualTo(code);
    }

    private void readAs(int code, String groups, Object... options) throws Exception {
        Object[] arguments = new Object[options.length + 6];
        System.arraycopy(new Object[] {"read", ADDRESS, "--as", "ada", "--groups", groups}, 0, arguments, 0, 6);
        System.arraycopy(options, 0, arguments, 6, options.length);
        run(code, arguments);
    }

    @Test
    void noQuestionAndNoPolicyHasAny() throws Exception {
        readAs(0, "analyst,town:Bath");
        assertThat(mesh.last()).contains("k1:", "Bath").doesNotContain("Ely");
        readAs(0, "manager", "--where", "person = 'Qanary 1' OR code = 'QANARY-1'");
        assertThat(mesh.last()).doesNotContain("k1:");
        readAs(4, "guest", "--verbose");
        run(0, "diff", ADDRESS, "1", "1", "--as", "ada", "--groups", "manager");
        run(0, "quarantine", ADDRESS, "--as", "ada", "--groups", "manager");
        run(0, "policy", "build", "--to", "bundle.tar.gz");
        run(0, "policy", "check");
        run(0, "policy", "explain", ADDRESS, "--as", "ada", "--groups", "manager");
        run(0, "policy", "who", ADDRESS + ".person");
        run(0, "doctor");
        run(0, "audit", "--output", "json");
        assertThat(recorder.asked())
                .anyMatch(asked -> asked.startsWith("POST "))
                .anyMatch(asked -> asked.startsWith("PUT "));
        assertThat(recorder.telling(TRACES)).isEmpty();
        assertThat(TRACES.below(opa.log())).isEmpty();
        recorder.close();
        readAs(4, "manager", "--verbose");
        assertThat(TRACES.below(mesh.shown())).isEmpty();
        assertNothingKept();
    }

    @Test
    void whatIsRevealedIsShownToWhoeverAskedAndKeptNowhere() throws Exception {
        readAs(0, "nurse", "--purpose", "care", "--reveal", "code,mail", "--where", "code = 'QANARY-1'");
        assertThat(mesh.last()).contains("QANARY-1", "qanary.1@example.com").doesNotContain("QANARY-2");
        assertThat(TRACES.below(mesh.shown())).hasSize(1);
        run(0, "audit", "--output", "json");
        readAs(4, "manager", "--reveal", "code", "--where", "code = 'QANARY-1'", "--verbose");
        assertThat(TRACES.below(mesh.shown())).hasSize(1);
        assertThat(recorder.telling(TRACES)).isEmpty();
        assertThat(TRACES.below(opa.log())).isEmpty();
        assertNothingKept();
    }

    private void assertNothingKept() {
        assertThat(TRACES.below(mesh.home())).isEmpty();
        assertThat(TRACES.below(mesh.temporary())).isEmpty();
    }

    @Test
    void whatASubjectClaimsIsFoundThere() throws Exception {
        readAs(0, "analyst,town:Qanary");
        assertThat(recorder.telling(TRACES)).isNotEmpty();
        assertThat(TRACES.below(opa.log())).hasSize(1);
    }
}
