package io.lakemesh.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Seeded random trees, rich in text that looks like something else. */
final class RandomNodes {
    private static final String[] TRICKY = {
        "",
        " ",
        "~",
        "null",
        "Null",
        "true",
        "FALSE",
        "yes",
        "No",
        "on",
        "y",
        "1",
        "-1",
        "+2",
        "1.0",
        ".5",
        "1e3",
        "0x1F",
        "0o17",
        ".inf",
        "-.INF",
        ".nan",
        "-",
        "--",
        "---",
        "...",
        "- a",
        "? a",
        ": a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "a ",
        " a",
        "\ta",
        "a\t",
        "a\nb",
        "a\n",
        "\na",
        "a\n\n",
        "\n",
        "a\n b\n",
        " a\nb",
        "a \nb",
        "a\r\nb",
        "a\rb",
        "[",
        "]",
        "{a}",
        "a, b",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%YAML 1.2",
        "@a",
        "`a",
        "'",
        "\"",
        "it's",
        "\\",
        "\\n",
        "<<",
        "=",
        "2024-01-31",
        "2024-01-31T10:00:00Z",
        "12:30:45",
        "1_000",
        "0777",
        "0b11",
        "\u0000",
        "\u0007",
        "\u001b[31m",
        "\u0085",
        "\u00a0",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "\ud83d\ude00",
        "\ud800",
        "\udc00x",
        "Zürich",
        "日本語",
        "\u202eabc",
        "a\n---\nb",
        "a\n...\n",
        "# a\nb",
        "a\n#b",
        "key: |\n  x"
    };

    private final Random random;
    private final boolean infinities;

    RandomNodes(long seed, boolean infinities) {
        this.random = new Random(seed);
        this.infinities = infinities;
    }

    Node next(int depth) {
        int kind = depth == 0 ? 2 : random.nextInt(4);
        return kind == 0 ? mapping(depth) : kind == 1 ? sequence(depth) : new Node.Scalar(scalar(), Node.NOWHERE);
    }

    private Node mapping(int depth) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            entries.put(text(), next(depth - 1));
        }
        return new Node.Mapping(entries, Map.of(), Node.NOWHERE);
    }

    private Node sequence(int depth) {
        List<Node> elements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            elements.add(next(depth - 1));
        }
        return new Node.Sequence(elements, Node.NOWHERE);
    }

    private @Nullable Object scalar() {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> new BigDecimal(random.nextInt());
            case 3 -> new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(100) - 50);
            case 4 -> infinities ? infinity() : new BigDecimal("1E+900");
            default -> text();
        };
    }

    private Object infinity() {
        return new Double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}[random.nextInt(3)];
    }

    private String text() {
        String tricky = TRICKY[random.nextInt(TRICKY.length)];
        return switch (random.nextInt(8)) {
            case 0 -> tricky + TRICKY[random.nextInt(TRICKY.length)];
            case 1 -> noise(random.nextInt(40));
            case 2 -> random.nextInt(50) == 0 ? "long ".repeat(150) : "word" + random.nextInt(1000);
            case 3 -> tricky + "\n" + TRICKY[random.nextInt(TRICKY.length)];
            default -> tricky;
        };
    }

    private String noise(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(3) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80)));
        }
        return text.toString();
    }
}
