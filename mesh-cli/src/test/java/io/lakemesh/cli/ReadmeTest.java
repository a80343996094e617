package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.Cli.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens, and every link in the documents leads somewhere. */
final class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");

    @TempDir
    Path folder;

    @Test
    void theSnippetCompilesAndRuns() throws Exception {
        Cli.in(folder).run("init", folder.resolve("products/orders"));
        Files.writeString(folder.resolve("Quickstart.java"), block("java"));

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "Quickstart.java")
                .directory(folder.toFile())
                .redirectError(folder.resolve("messages").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("messages")))
                .isZero();
        assertThat(out.lines()).containsExactly("published: release 1", "O-3 120.50", "O-4 42.00");
        assertThat(block("java").lines().filter(line -> line.startsWith("            ")))
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void theDemoPrintsWhatIsShown() throws IOException {
        Path demo = folder.resolve("demo");

        Result result = Cli.in(folder).run("demo", demo);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines().toList())
                .containsSubsequence(block("text").lines().toList());
        assertThat(demo.resolve("essex-stop-and-search.html")).isNotEmptyFile();
        assertThat(result.out())
                .contains(demo.resolve("essex-stop-and-search.html").toString());
        assertThat(Files.readString(demo.resolve("essex-stop-and-search.html")))
                .contains("Stop and search, Essex Police", "known-outcome");
    }

    @Test
    void everyPropertyOfOursIsInTheReference() throws IOException {
        Path product = folder.resolve("products/orders");
        Cli cli = Cli.in(folder);
        cli.run("init", product);
        Path contract = product.resolve("contracts/orders.odcs.yaml");
        Files.writeString(contract, Files.readString(contract).replace("lakemesh.partition", "lakemesh.partitions"));

        String problem = cli.run("validate", product).out();

        assertThat(problem).contains("lakemesh.partitions", "did you mean 'lakemesh.partition'?");
        String reference = Files.readString(CliReferenceTest.root().resolve("docs/reference/properties.md"));
        Matcher names =
                Pattern.compile("lakemesh\\.[a-z-]+").matcher(problem.substring(problem.indexOf("expected one of")));
        assertThat(names.results()).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(reference)
                .contains("| `" + name.group() + "` |"));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Path root = CliReferenceTest.root();
        try (Stream<Path> files = Files.walk(root, 4)) {
            List<Path> documents = files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
            assertThat(documents).isNotEmpty();
            for (Path document : documents) {
                Matcher link = LINK.matcher(Files.readString(document));
                while (link.find()) {
                    assertThat(document.resolveSibling(link.group(1)))
                            .as("link in " + document)
                            .exists();
                }
            }
        }
    }

    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(CliReferenceTest.root().resolve("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
