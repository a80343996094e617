package io.lakemesh.cli;

import static io.lakemesh.testkit.canary.CanaryProduct.TRACES;
import static io.lakemesh.testkit.canary.CanaryProduct.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.testkit.ProductFiles;
import io.lakemesh.testkit.canary.CanaryProduct;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values of protected columns stand neither in what commands show, nor in their folders, nor among their temporary files, whatever
 * becomes of the rows.
 */
final class CanaryCommandsTest {
    private static final String ADDRESS = "retail/shop";

    @TempDir
    Path folder;

    private MeshProcess mesh;
    private Path product;
    private int inputs;

    @BeforeEach
    void describe() throws Exception {
        mesh = MeshProcess.in(folder.resolve("mesh"), "keys: { location: keys }\n");
        product = product(CanaryProduct.contract());
        run(0, "keys", "create", "retail");
    }

    private Path product(String contract) {
        return ProductFiles.describe(folder.resolve("product"), "retail", "shop", "1.0.0", Map.of("sales", contract));
    }

    private Path file(String name, String content) {
        return ProductFiles.write(folder.resolve("inputs/" + ++inputs).resolve(name), content);
    }

    private Path rows(String... rows) {
        return file("rows.csv", CanaryProduct.header() + "\n" + String.join("\n", rows) + "\n");
    }

    private void run(int code, Object... arguments) throws Exception {
        int ended = mesh.run(arguments);
        assertThat(ended).as(List.of(arguments) + "\n" + mesh.last()).isEqualTo(code);
    }

    /** Also with all that can be shown of it. */
    private void publish(int code, Path input, Object... options) throws Exception {
        Object[] command = {"publish", product, "--input", input, "--verbose"};
        run(code, Stream.of(command, options).flatMap(Arrays::stream).toArray());
    }

    private void assertNoTrace() {
        assertThat(TRACES.below(mesh.home())).isEmpty();
        assertThat(TRACES.below(mesh.temporary())).isEmpty();
        assertThat(TRACES.below(mesh.shown())).isEmpty();
    }

    @Test
    void whatIsPublishedIsNotShown() throws Exception {
        publish(0, rows(row(1), row(2)));
        publish(0, rows(row(2, "Ely", "3"), row(3, "", "4")), "--mode", "upsert");
        for (List<Object> command : List.<List<Object>>of(
                List.of("plan", product),
                List.of("check", product, "--input", rows(row(9))),
                List.of("history", ADDRESS, "--runs"),
                List.of("read", ADDRESS),
                List.of("read", ADDRESS, "--output", "json"),
                List.of("read", ADDRESS, "--to", "rows.parquet"),
                List.of("read", ADDRESS, "--to", "rows.jsonl"),
                List.of("profile", "rows.parquet"),
                List.of("diff", ADDRESS, "1", "2"),
                List.of("diff", ADDRESS, "1", "2", "--output", "json"),
                List.of("quarantine", ADDRESS),
                List.of("verify", ADDRESS),
                List.of("doctor"),
                List.of("audit", "--output", "json"),
                List.of("audit", "verify"),
                List.of("sync"),
                List.of("maintain", ADDRESS),
                List.of("rollback", ADDRESS, "--to", "1"))) {
            run(0, command.toArray());
        }
        run(0, "read", ADDRESS);
        assertThat(mesh.last()).contains("k1:", "***", "7531-01-01");
        assertNoTrace();
    }

    @Test
    void whatIsSetAsideOrRefusedIsNotShown() throws Exception {
        String bad = row(5).replace(CanaryProduct.BORN.toString(), CanaryProduct.WRONG_BORN)
                .replace(CanaryProduct.PHONE, "qanary")
                .replace("QANARY-5", "qanary");
        publish(
                0,
                rows(
                        row(1),
                        row(2, "Bath", "-2"),
                        row(3, "Bath", "x"),
                        bad,
                        row(14).replace(CanaryProduct.PHONE, CanaryProduct.PHONE.repeat(3)),
                        row(15).replace("09-24", "13-24 qanary"),
                        row(16).replace("qanary name", "qanary \0\uFFFF\t" + "name".repeat(1 << 16)),
                        row(6) + ",qanary",
                        "qanary",
                        row(7, "", "1"),
                        row(8, "", "1"),
                        "\"qanary name\n" + row(10)));
        run(0, "quarantine", ADDRESS);
        assertThat(mesh.last()).contains("born.type", "towns");
        run(0, "quarantine", ADDRESS, "--output", "json");
        publish(3, rows(row(11), row(12, CanaryProduct.REFUSED, "1")));
        assertThat(mesh.last()).contains("no-rye");
        publish(3, rows(row(13), row(13)));
        publish(3, rows(row(1, "York", "1")));
        assertThat(mesh.last()).contains("primaryKey");
        run(3, "check", product, "--input", rows(row(1, "York", "1")), "--output", "json");
        publish(
                0,
                file(
                        "rows.jsonl",
                        """
                        {"person": "Qanary 20", "name": ["qanary"], "born": {"qanary": 1}, "phone": "qanary", "amount": 1}
                        {"person": {"x": "qanary"}, "name": 1977}
                        {"person": "Qanary 21", "amount": 1, "town": "Bath"}
                        {"person": "Qanary 22", "amount": 1, "qanary"
                        """));
        run(0, "history", ADDRESS, "--runs", "--output", "json");
        assertNoTrace();
    }

    @Test
    void whatCannotBeReadIsNotShown() throws Exception {
        publish(0, rows(row(1)));
        for (String content : List.of(
                row(1) + "\n" + row(2),
                row(1, "qanary", "qanary"),
                "Name,Qanary\n1,2",
                "person,qanary,qanary\nCanary,1,2",
                CanaryProduct.header() + "\n\"" + "qanary ".repeat(6 << 20),
                "qanary,".repeat(10_001))) {
            publish(2, file("rows.csv", content));
        }
        publish(2, file("rows.parquet", "PAR1 qanary PAR1"));
        publish(2, file("rows.csv.gz", "qanary"));
        publish(2, file("rows.txt", row(1)));
        run(0, "keys", "rotate", "retail");
        publish(2, rows(row(1)), "--mode", "upsert");
        assertThat(mesh.last()).contains("protected with an earlier key");
        Files.delete(mesh.home().resolve("keys/retail.yaml"));
        publish(2, rows(row(1)));
        assertThat(mesh.last()).contains("Cannot find a key of 'retail'");
        assertNoTrace();
    }

    @Test
    void aValueThatIsErasedIsNotRepeatedAndNotKept() throws Exception {
        publish(0, rows(row(1), row(2)));
        Path value = file("value.txt", "Qanary 2\n");
        run(0, "erase", ADDRESS, "--key", "person=Qanary 1", "--reference", "CASE-1", "--verbose");
        run(0, "erase", ADDRESS, "--key", "person=@" + value, "--output", "json");
        run(0, "read", ADDRESS);
        assertThat(mesh.last()).doesNotContain("k1:");
        run(2, "erase", ADDRESS, "--key", "name=qanary name", "--verbose");
        run(0, "erase", ADDRESS, "--key", "amount=qanary", "--verbose");
        run(2, "erase", ADDRESS, "--key", "nothing=qanary", "--verbose");
        run(2, "erase", ADDRESS, "--key", "qanary", "--verbose");
        run(0, "audit", "--output", "json");
        assertNoTrace();
    }

    /** A raw file's profile is its values, for whoever has the file; a draft of a contract has none of them. */
    @Test
    void aProfileKeepsNothing() throws Exception {
        Path raw = rows(row(1), row(2));
        run(0, "profile", raw);
        assertThat(TRACES.isIn(mesh.last())).isTrue();
        assertThat(TRACES.below(mesh.home())).isEmpty();
        assertThat(TRACES.below(mesh.temporary())).isEmpty();
        run(0, "profile", raw, "--contract");
        assertThat(TRACES.isIn(mesh.last())).isFalse();
    }

    @Test
    void theTestCanFail() throws Exception {
        product = product(CanaryProduct.openContract());
        publish(0, rows(row(1), row(2, "Bath", "-1")));
        assertThat(TRACES.below(mesh.home())).hasSizeGreaterThan(1);
        assertThat(TRACES.below(mesh.shown())).isEmpty();
        run(0, "read", ADDRESS);
        assertThat(TRACES.below(mesh.shown())).hasSize(1);
    }
}
