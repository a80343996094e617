package io.lakemesh.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of text: aligned columns under faint headings. Headings that begin with {@code >} are set flush right. */
public final class TextTable {
    private static final String GAP = "  ";
    private static final String INDENT = "  ";

    private final List<Cell> headings;
    private final boolean[] right;
    private final List<List<Cell>> rows = new ArrayList<>();

    private TextTable(List<Cell> headings, boolean[] right) {
        this.headings = headings;
        this.right = right;
    }

    public static TextTable of(String... headings) {
        boolean[] right = new boolean[headings.length];
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            cells.add(new Cell(Style.FAINT, headings[i].substring(right[i] ? 1 : 0)));
        }
        return new TextTable(cells, right);
    }

    /** A table whose headings are foreign text, all flush left. */
    public static TextTable plain(List<String> headings) {
        return new TextTable(
                headings.stream().map(heading -> new Cell(Style.FAINT, heading)).toList(),
                new boolean[headings.size()]);
    }

    /** A cell of a row. */
    public record Cell(Style style, String text) {
        public Cell {
            text = Visible.of(text);
        }

        int width() {
            return text.codePointCount(0, text.length());
        }
    }

    public TextTable row(Object... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> cell instanceof Cell styled ? styled : new Cell(Style.PLAIN, cell.toString()))
                .toList());
        return this;
    }

    /** Writes the headings and rows; nothing if there are no rows. */
    public void print(Screen screen) {
        if (!rows.isEmpty()) {
            int[] widths = widths();
            printRow(screen, headings, widths);
            rows.forEach(row -> printRow(screen, row, widths));
        }
    }

    private int[] widths() {
        int[] widths = new int[headings.size()];
        List<List<Cell>> all = new ArrayList<>(rows);
        all.add(headings);
        all.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        });
        return widths;
    }

    private void printRow(Screen screen, List<Cell> row, int[] widths) {
        StringBuilder line = new StringBuilder(INDENT);
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            String padding = " ".repeat(widths[i] - cell.width());
            String text = screen.colour() ? cell.style().apply(cell.text()) : cell.text();
            line.append(i == 0 ? "" : GAP).append(right[i] ? padding + text : text + padding);
        }
        screen.raw(line.toString().stripTrailing());
    }
}
