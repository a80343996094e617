package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.Cli.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that are protected under a key, from the command line: nothing shows their values, in files or on the screen. */
final class KeysCommandTest {
    private static final String CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: people
            version: 1.0.0
            status: active
            schema:
              - name: people
                customProperties:
                  - { property: lakemesh.max-quarantined, value: 0.9 }
                properties:
                  - name: email
                    logicalType: string
                    primaryKey: true
                    customProperties: [{ property: lakemesh.protection, value: pseudonymize }]
                  - name: born
                    logicalType: date
                    customProperties: [{ property: lakemesh.protection, value: generalize(year) }]
                  - { name: visits, logicalType: integer, logicalTypeOptions: { minimum: 0 } }
            """;

    @TempDir
    Path folder;

    private Path product;
    private Path good;
    private Path bad;
    private final List<String> shown = new ArrayList<>();

    @BeforeEach
    void describe() throws IOException {
        product = folder.resolve("people");
        Files.createDirectories(product);
        Files.writeString(
                product.resolve("people.odps.yaml"),
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: people
                name: people
                domain: health
                status: active
                outputPorts:
                  - { name: people, version: 1.0.0, contractId: people }
                """);
        Files.writeString(product.resolve("people.odcs.yaml"), CONTRACT);
        good = input("good.csv", "canary@example.com,1977-03-17,1", "bob@example.com,1980-01-02,2");
        bad = input(
                "bad.csv",
                "canary@example.com,canary,1",
                "canary2@example.com,1977-03-17,-1",
                "canary",
                "a,b,c,canary");
    }

    private Path input(String name, String... rows) throws IOException {
        return Files.writeString(folder.resolve(name), "email,born,visits\n" + String.join("\n", rows) + "\n");
    }

    private Result run(Cli cli, Object... arguments) {
        Result result = cli.run(arguments);
        shown.add(result.out());
        shown.add(result.err());
        return result;
    }

    @Test
    void publishesNothingWithoutAKeyAndSaysWhatToDo() throws IOException {
        Result unset = run(Cli.in(folder), "publish", product, "--input", good);
        assertThat(unset.code()).isEqualTo(2);
        assertThat(unset.err())
                .contains("Cannot find a key of 'health': mesh.yaml names no key ring; add keys: { provider: file,"
                        + " location: keys/ } and run: mesh keys create 'health'");
        Cli cli = Cli.in(folder, "keys: { provider: file, location: keys }\n");
        Result missing = run(cli, "publish", product, "--input", good);
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("mesh keys create 'health'");
        assertThat(run(cli, "keys", "rotate", "health").code()).isEqualTo(2);
        assertThat(files(folder.resolve(".mesh/warehouse"))).isEmpty();
        Result wrong = run(Cli.in(folder, "keys: { provider: vault }\n"), "keys", "create", "health");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("Cannot find key provider 'vault': expected file");
    }

    @Test
    void showsNoValueInFilesOrOnTheScreen() throws IOException {
        Cli cli = Cli.in(folder, "keys: { location: keys }\n");
        assertThat(run(cli, "keys", "create", "health").out())
                .isEqualTo("The keys k1 of health are in use from now on.\n");
        assertThat(run(cli, "keys", "create", "health").code()).isEqualTo(2);
        run(cli, "plan", product);
        assertThat(run(cli, "publish", product, "--input", good).code()).isZero();
        assertThat(run(cli, "publish", product, "--input", bad, "--verbose").code())
                .isEqualTo(3);
        assertThat(run(cli, "check", product, "--input", bad).code()).isEqualTo(3);
        assertThat(run(cli, "publish", product, "--input", good, "--mode", "append", "--run-id", "again")
                        .code())
                .isEqualTo(3);
        Path headless =
                Files.writeString(folder.resolve("headless.csv"), "canary@example.com,1977-03-17,1\nb,1977-03-18,2\n");
        assertThat(run(cli, "publish", product, "--input", headless, "--verbose")
                        .code())
                .isEqualTo(2);
        assertThat(run(cli, "read", "health/people").out()).contains("k1:").contains("1977-01-01");
        assertThat(run(cli, "quarantine", "health/people").out()).contains("born.type");
        run(cli, "history", "health/people", "--runs");
        assertThat(run(cli, "verify", "health/people").code()).isZero();
        assertThat(run(cli, "keys", "rotate", "health").out()).contains("k2");
        Result earlier = run(cli, "publish", product, "--input", good, "--mode", "upsert", "--verbose");
        assertThat(earlier.code()).isEqualTo(2);
        assertThat(earlier.err()).contains("publish all rows again with mode overwrite");
        assertThat(run(cli, "publish", product, "--input", good, "--mode", "overwrite")
                        .code())
                .isZero();
        assertThat(run(cli, "read", "health/people").out()).contains("k2:").doesNotContain("k1:");
        assertNothingTold();
    }

    @Test
    void encryptsKeyFilesWithAMasterKey() throws IOException {
        run(Cli.in(folder, "keys: { location: keys }\n"), "keys", "create", "health");
        Path master = Files.writeString(folder.resolve("master"), "bm90LWEtc2VjcmV0LWJ1dC0zMi1ieXRlcy1sb25nISE=\n");
        Cli cli = Cli.in(folder, "keys: { location: keys, master-key: \"${file:master}\" }\n");
        Result clear = run(cli, "publish", product, "--input", good);
        assertThat(clear.code()).isEqualTo(2);
        assertThat(clear.err()).contains("in the clear").contains("mesh keys rotate 'health'");
        assertThat(run(cli, "keys", "rotate", "health").out())
                .isEqualTo("The keys k2 of health are in use from now on.\n");
        assertThat(run(cli, "publish", product, "--input", good).code()).isZero();
        Files.writeString(master, "c2hvcnQ=");
        Result shortKey = run(cli, "keys", "create", "police");
        assertThat(shortKey.code()).isEqualTo(2);
        assertThat(shortKey.err())
                .contains("Cannot use keys.master-key of mesh.yaml: it has 5 bytes")
                .doesNotContain("c2hvcnQ");
        assertNothingTold();
    }

    @Test
    void takesKeysFromTheEnvironment() throws IOException {
        Cli cli = Cli.in(folder, "keys: { provider: environment, prefix: NOT_SET_ }\n");
        Result missing = run(cli, "publish", product, "--input", good);
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("environment variable NOT_SET_HEALTH is not set");
    }

    @Test
    void erasesByAProtectedKey() throws IOException {
        Cli cli = Cli.in(folder, "keys: { location: keys }\n");
        run(cli, "keys", "create", "health");
        run(cli, "publish", product, "--input", good);
        Path value = Files.writeString(folder.resolve("value.txt"), "canary@example.com\n");
        assertThat(run(cli, "erase", "health/people", "--key", "email=@" + value)
                        .code())
                .isZero();
        assertThat(run(cli, "read", "health/people").out()).contains("1980").doesNotContain("1977");
        Result generalized = run(cli, "erase", "health/people", "--key", "born=1980-01-02");
        assertThat(generalized.code()).isEqualTo(2);
        assertThat(generalized.err()).contains("it is protected by generalize(year), so that no row can be found");
        assertNothingTold();
    }

    private void assertNothingTold() throws IOException {
        assertThat(shown).noneMatch(KeysCommandTest::tells);
        List<Path> telling = new ArrayList<>();
        for (Path file : files(folder.resolve(".mesh"))) {
            if (tells(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))) {
                telling.add(file);
            }
        }
        assertThat(telling).isEmpty();
        List<String> secrets = Files.readAllLines(folder.resolve("keys/health.yaml")).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
        assertThat(secrets).hasSize(3).allMatch(secret -> secret.length() >= 40);
        assertThat(shown).noneMatch(text -> secrets.stream().anyMatch(text::contains));
    }

    private static boolean tells(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("canary") || lower.contains("1977-03");
    }

    private static List<Path> files(Path under) throws IOException {
        if (!Files.exists(under)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(under)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
