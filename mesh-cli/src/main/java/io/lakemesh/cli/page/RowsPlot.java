package io.lakemesh.cli.page;

import io.lakemesh.cli.page.PageContent.Run;
import java.util.List;
import java.util.Locale;

/** A bar for each run: rows published, set aside and withheld. */
final class RowsPlot {
    private static final int HEIGHT = 150;
    private static final int TOP = 14;
    private static final int LEFT = 52;
    private static final int STEP = 64;
    private static final int BAR = 28;
    private static final int LABELS = 24;
    private static final int GAP = 2;

    private final List<Run> runs;
    private final double scale;
    private final long highest;

    RowsPlot(List<Run> allRuns) {
        this.runs = allRuns.stream().filter(run -> run.rows().read() > 0).toList();
        this.highest =
                roundUp(runs.stream().mapToLong(run -> run.rows().read()).max().orElse(1));
        this.scale = (double) HEIGHT / highest;
    }

    private static long roundUp(long value) {
        long unit = 1;
        while (unit * 10 <= value) {
            unit *= 10;
        }
        return (value + unit - 1) / unit * unit;
    }

    Html draw() {
        int width = LEFT + Math.max(runs.size() * STEP, STEP * 3);
        Html svg = new Html()
                .open(
                        "svg",
                        "class",
                        "plot",
                        "viewBox",
                        "0 0 " + width + " " + (TOP + HEIGHT + LABELS),
                        "style",
                        "max-width:" + width * 1.4 + "px",
                        "role",
                        "img",
                        "aria-label",
                        "Rows of each run");
        for (int quarter = 0; quarter <= 4; quarter += 2) {
            grid(svg, highest * quarter / 4, width);
        }
        for (int i = 0; i < runs.size(); i++) {
            bar(svg, runs.get(i), LEFT + i * STEP + (STEP - BAR) / 2);
        }
        return svg.close("svg");
    }

    private void grid(Html svg, long rows, int width) {
        String y = number(y(rows));
        svg.element("line", "", "class", "grid", "x1", "" + LEFT, "x2", "" + width, "y1", y, "y2", y)
                .element(
                        "text",
                        Texts.count(rows),
                        "class",
                        "tick",
                        "x",
                        "" + (LEFT - 6),
                        "y",
                        number(y(rows) + 4),
                        "text-anchor",
                        "end");
    }

    private void bar(Html svg, Run run, int x) {
        svg.open("g").element("title", summary(run));
        double y = y(0);
        y = part(svg, "published", run.rows().published(), x, y);
        y = part(svg, "withheld", run.rows().withheld(), x, y);
        part(svg, "quarantined", run.rows().quarantined(), x, y);
        svg.element(
                        "text",
                        run.label(),
                        "class",
                        run.refused() ? "tick bad" : "tick",
                        "x",
                        "" + (x + BAR / 2),
                        "y",
                        "" + (TOP + HEIGHT + 16),
                        "text-anchor",
                        "middle")
                .close("g");
    }

    /** Draws a part that ends at {@code bottom}; returns where the next one ends. */
    private double part(Html svg, String kind, long rows, int x, double bottom) {
        if (rows == 0) {
            return bottom;
        }
        double height = Math.max(rows * scale, 2);
        svg.element(
                "rect",
                "",
                "class",
                kind,
                "x",
                "" + x,
                "width",
                "" + BAR,
                "rx",
                "2",
                "y",
                number(bottom - height),
                "height",
                number(height));
        return bottom - height - GAP;
    }

    private double y(long rows) {
        return TOP + HEIGHT - rows * scale;
    }

    private static String summary(Run run) {
        return run.label() + ": " + Texts.count(run.rows().read()) + " rows read, "
                + Texts.count(run.rows().published())
                + " published, " + Texts.count(run.rows().quarantined()) + " set aside, "
                + Texts.count(run.rows().withheld()) + " withheld";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
