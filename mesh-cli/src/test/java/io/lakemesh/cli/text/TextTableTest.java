package io.lakemesh.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.cli.text.TextTable.Cell;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class TextTableTest {
    private final StringWriter out = new StringWriter();

    @Test
    void alignsColumnsUnderTheirHeadings() {
        TextTable.of("rule", ">rows", "note")
                .row("a", 5, "x")
                .row("longer", 1234, "")
                .print(screen(false));

        assertThat(out.toString())
                .isEqualTo(
                        """
                          rule    rows  note
                          a          5  x
                          longer  1234
                        """);
    }

    @Test
    void countsLettersNotCodeUnits() {
        TextTable.of("name", "x").row("🚓", "1").row("ab", "2").print(screen(false));

        assertThat(out.toString()).contains("  🚓     1\n", "  ab    2\n");
    }

    @Test
    void escapesForeignTextAndColoursOnlyIfTheScreenDoes() {
        TextTable table = TextTable.of("name").row(new Cell(Style.BAD, "a\u001b[0m"));

        table.print(screen(false));
        assertThat(out.toString()).doesNotContain("\u001b").contains("a\\u001b[0m");

        table.print(screen(true));
        assertThat(out.toString()).contains("\u001b[31ma\\u001b[0m\u001b[0m");
    }

    @Test
    void printsNothingWithoutRows() {
        TextTable.of("name").print(screen(false));

        assertThat(out.toString()).isEmpty();
    }

    private Screen screen(boolean colour) {
        PrintWriter writer = new PrintWriter(out, true);
        return new Screen(writer, writer, colour, false, 80);
    }
}
