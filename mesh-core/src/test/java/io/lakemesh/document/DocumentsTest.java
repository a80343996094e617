package io.lakemesh.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Place;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~|null",
                "null|null",
                "true|Boolean true",
                "False|Boolean false",
                "yes|String yes",
                "on|String on",
                "12|BigDecimal 12",
                "-3|BigDecimal -3",
                "+4|BigDecimal 4",
                "0x1F|BigDecimal 31",
                "0o17|BigDecimal 15",
                "0777|BigDecimal 777",
                "0b1|String 0b1",
                "1_000|String 1_000",
                "1.50|BigDecimal 1.50",
                ".5|BigDecimal 0.5",
                "5.|BigDecimal 5",
                "1e3|BigDecimal 1E+3",
                "1e|String 1e",
                "1.2.3|String 1.2.3",
                ".|String .",
                "0x|String 0x",
                "0xZZ|String 0xZZ",
                "-.inf|Double -Infinity",
                ".NaN|Double NaN",
                "2024-01-31|String 2024-01-31",
                "12:30|String 12:30",
                "\"1\"|String 1",
                "!!str 1|String 1",
                "!!float 1.5|BigDecimal 1.5",
                "!!int 5|BigDecimal 5"
            })
    void readsScalarsByTheCoreSchema(String text, String expected) {
        Object value = ((Node.Scalar) Documents.parse("t", text)).value();
        assertThat(value == null ? "null" : value.getClass().getSimpleName() + " " + value)
                .isEqualTo(expected);
    }

    @Test
    void tellsWhereEverythingStands() {
        Node.Mapping root = (Node.Mapping) Documents.parse("dir/a.yaml", "a: 1\nb:\n  - x\n  - {c: y}\n");
        Node second = root.list("b").get(1);
        assertThat(root.placeOf("b")).isEqualTo(new Place("dir/a.yaml", 2, 1));
        assertThat(root.list("b").get(0).place()).hasToString("dir/a.yaml:3:5");
        assertThat(((Node.Mapping) second).get("c").orElseThrow().place()).hasToString("dir/a.yaml:4:9");
    }

    @Test
    void countsColumnsInCharactersAndToleratesAByteOrderMark() {
        byte[] bytes = "\uFEFF\"\ud83d\ude00\": x".getBytes(StandardCharsets.UTF_8);
        Node.Mapping root = (Node.Mapping) Documents.parse("t", bytes);
        assertThat(root.get("\ud83d\ude00").orElseThrow().place()).hasToString("t:1:6");
    }

    @Test
    void readsWhatItWroteForAnyTree() {
        long seed = System.nanoTime();
        RandomNodes nodes = new RandomNodes(seed, true);
        for (int i = 0; i < 5_000; i++) {
            Node node = nodes.next(4);
            String yaml = Documents.writeYaml(node);
            assertThat(Documents.parse("t", yaml))
                    .as("seed %d:%n%s", seed, yaml)
                    .isEqualTo(node);
        }
    }

    @Test
    void readsTheJsonThatJsonWrites() {
        long seed = System.nanoTime();
        RandomNodes nodes = new RandomNodes(seed, false);
        for (int i = 0; i < 5_000; i++) {
            Node node = nodes.next(4);
            assertThat(Documents.parse("t", Json.write(node)))
                    .as("seed %d", seed)
                    .isEqualTo(node);
            assertThat(Documents.parse("t", Json.writeCompact(node)))
                    .as("seed %d", seed)
                    .isEqualTo(node);
        }
    }

    @Test
    void readsJsonIndentedWithTabs() {
        assertThat(Documents.parse("t", "{\n\t\"a\":\t[1,\n\t\ttrue]\n}"))
                .isEqualTo(Node.of(java.util.Map.of("a", List.of(1, true))));
    }

    @Test
    void writesKeysThatAreLongerThanYamlAllowsForSimpleOnes() {
        Node node =
                Node.mapping().put("k".repeat(5000), List.of(1)).put("x", "y").build();
        assertThat(Documents.parse("t", Documents.writeYaml(Node.of(List.of(node)))))
                .isEqualTo(Node.of(List.of(node)));
    }

    @Test
    void writesReadableYaml() {
        Node node = Node.mapping()
                .put("name", "Stop and search")
                .put("version", "1.0.0")
                .put("answer", "no")
                .put("doc", "Two\nlines\n")
                .put(
                        "list",
                        List.of(Node.mapping().put("a", 1).put("b", List.of()).build(), List.of("x", true)))
                .build();
        assertThat(Documents.writeYaml(node))
                .isEqualTo(
                        """
                        name: Stop and search
                        version: "1.0.0"
                        answer: "no"
                        doc: |
                          Two
                          lines
                        list:
                          - a: 1
                            b: []
                          - - x
                            - true
                        """);
    }

    @Test
    void givesEqualContentEqualDigests() {
        String digest = Documents.digest(Documents.parse("t", "a: 1.0\nb: [x, 'y']\n"));
        assertThat(digest)
                .hasSize(64)
                .isEqualTo(Documents.digest(Documents.parse("t", "{\"b\":[\"x\",\"y\"],\"a\":1}")));
        assertThat(digest).isNotEqualTo(Documents.digest(Documents.parse("t", "{\"b\":[\"y\",\"x\"],\"a\":1}")));
        assertThat(Documents.digest(Node.mapping().build()))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @Test
    void reportsEveryDuplicateAndOddKeyAtOnce() {
        assertRefused(
                "a: 1\na: 2\n1: x\ntrue: y\n~: z\n[b]: c\n<<: d\n",
                "t:2:1: the key 'a' stands here again, first at line 1",
                "t:3:1: this key is a number, expected text (put it in quotes)",
                "t:4:1: this key is a boolean, expected text (put it in quotes)",
                "t:5:1: this key is null, expected text (put it in quotes)",
                "t:6:1: this key is no scalar, expected text (put it in quotes)",
                "t:7:1: '<<' is not part of YAML 1.2, expected the keys themselves");
    }

    @Test
    void makesNoObjectOfATag() {
        String tag = "tag:yaml.org,2002:java.net.URLClassLoader";
        String end = " is not allowed here, expected none (or one of YAML's core schema that fits)";
        assertRefused(
                "a: !!java.net.URLClassLoader [x]\nb: !local y\nc: !!int abc\nd: !!map [1]",
                "t:1:4: the tag '" + tag + "'" + end,
                "t:2:4: the tag '!local'" + end,
                "t:3:4: the tag 'tag:yaml.org,2002:int'" + end,
                "t:4:4: the tag 'tag:yaml.org,2002:map'" + end);
    }

    @Test
    void expandsAliases() {
        assertThat(Documents.parse("t", "a: &x [1, 2]\nb: *x\nc: &x 3\nd: *x"))
                .isEqualTo(Documents.parse("t", "{a: [1, 2], b: [1, 2], c: 3, d: 3}"));
    }

    @Test
    void refusesBillionLaughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 40; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        assertRefused(text.toString(), "t:16:18: more than 200000 keys and values, aliases included");
    }

    @Test
    void refusesALargeTextRepeatedByAliases() {
        String text = "- &a " + "x".repeat(1_000_000) + "\n" + "- *a\n".repeat(20);
        assertRefused(text, "t:9:3: more than 8388608 characters, aliases included");
    }

    @Test
    void refusesManyAliases() {
        assertRefused("- &a x\n" + "- *a\n".repeat(1001), "t:1002:3: more than 1000 aliases");
    }

    @Test
    void refusesDepthThatAliasesAdd() {
        StringBuilder text = new StringBuilder("- &a0 [x]\n");
        for (int i = 1; i < 70; i++) {
            text.append("- &a%d [*a%d]\n".formatted(i, i - 1));
        }
        assertRefused(text.toString(), "t:63:9: with its aliases nested deeper than 64 levels");
    }

    @Test
    void refusesRecursionAndUnknownAliases() {
        assertRefused("a: &a [*a]", "t:1:8: the alias has no anchor before it, or stands within what it refers to");
        assertRefused("a: *b", "t:1:4: the alias has no anchor before it, or stands within what it refers to");
    }

    @ParameterizedTest
    @CsvSource({"'[',1:65", "'{a: ',1:254", "'- ',1:129"})
    void refusesDeepNestingQuickly(String opening, String place) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertRefused(opening.repeat(100_000), "t:" + place + ": nested deeper than 64 levels"));
    }

    @Test
    void refusesLargeFiles(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("big.yaml"), new byte[10_000_000]);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Documents.read(file))
                .withMessage(file + ": the file is larger than 4194304 bytes");
    }

    @Test
    void refusesFoldersAndMissingFiles(@TempDir Path folder) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Documents.read(folder))
                .withMessage(folder + ": this is not a file");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Documents.read(folder.resolve("x")))
                .withMessage(folder.resolve("x") + ": there is no such file");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Documents.parse("t", "a: x\nb: \u00e4".getBytes(StandardCharsets.ISO_8859_1)))
                .withMessage("t:2:4: this is not UTF-8, expected a file in UTF-8");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Documents.parse("t", new byte[] {'a', (byte) 0xe2, (byte) 0x82}))
                .withMessage("t:1:2: this is not UTF-8, expected a file in UTF-8");
    }

    @Test
    void refusesControlCharacters() {
        assertRefused("a: 1\nbc\u0000d: 2", "t:2:3: the character U+0000 is not allowed in a YAML file");
        assertRefused("a: \u001b[31m", "t:1:4: the character U+001B is not allowed in a YAML file");
    }

    @Test
    void showsControlCharactersOfKeysEscaped() {
        assertRefused(
                "\"a\\e[31m\": 1\n\"a\\e[31m\": 2", "t:2:1: the key 'a\\u001b[31m' stands here again, first at line 1");
    }

    @Test
    void refusesNumbersThatNoMemoryHolds() {
        String message = ": this number is out of range, expected at most 1000 digits (text goes in quotes)";
        assertRefused(
                "- 1e999999999\n- 1e-99999999\n- 1e99999999999999\n- " + "9".repeat(100_000) + "\n- 0x"
                        + "f".repeat(2000),
                "t:1:3" + message,
                "t:2:3" + message,
                "t:3:3" + message,
                "t:4:3" + message,
                "t:5:3" + message);
        assertThat(new Node.Scalar(new BigDecimal("1E+999999999"), Node.NOWHERE).text())
                .contains("1E+999999999");
    }

    @Test
    void refusesTwoDocumentsAndNone() {
        assertRefused("a: 1\n---\nb: 2\n", "t:2:1: a second document starts here, expected one document in a file");
        assertRefused("", "t: the file is empty, expected a mapping");
        assertRefused("# only a comment\n", "t: the file is empty, expected a mapping");
    }

    @Test
    void stopsAtAHundredProblems() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Documents.parse("t", "a: 1\n".repeat(500_000)))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .hasSize(101)
                        .last()
                        .hasToString("t:102:1: and more: the first 100 problems are shown"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\""})
    void readsLongTokensInLinearTime(String quote) {
        String text = quote + "a".repeat(20_000_000) + quote;
        Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> Documents.parse("t", text, DocumentLimits.MANIFEST));
    }

    @Test
    void refusesEscapesOutsideUnicode() {
        assertRefused("a: \"\\UFFFFFFFF\"", "t: this is no YAML: an escaped character's number is out of range");
    }

    @Test
    void saysWhereTheSyntaxBreaks() {
        assertRefused(
                "a: [1, 2\nb: 3\n",
                "t:2:2: this is no YAML: while parsing a flow sequence, expected ',' or ']', but got :");
    }

    @Test
    void answersAnyBytesWithANodeOrARefusal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomNodes nodes = new RandomNodes(seed, true);
        String symbols = "[]{}&*!|>'\"%@`#:-?,\\\n\t \u0000xUu0<=~";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(Documents.writeYaml(nodes.next(4)));
            for (int change = random.nextInt(6); change >= 0; change--) {
                int at = random.nextInt(text.length() + 1);
                text.insert(at, symbols.charAt(random.nextInt(symbols.length())));
            }
            assertAnswered(text.toString(), seed);
        }
    }

    private static void assertAnswered(String text, long seed) {
        try {
            Documents.parse("t", text);
        } catch (InvalidInputException refusal) {
            assertThat(refusal.problems()).as("seed %d", seed).isNotEmpty();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ": " + Shown.plain(text), e);
        }
    }

    private static void assertRefused(String text, String... problems) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Documents.parse("t", text))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .map(problem -> problem.toString())
                        .containsExactly(problems));
    }
}
