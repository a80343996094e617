package io.lakemesh.cli.page;

import io.lakemesh.check.CheckResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The values of one check over the runs as a line with a dot for each; the dot's shape and colour say how it came out. */
final class CheckPlot {
    private static final int HEIGHT = 30;
    private static final int MARGIN = 6;
    private static final int LEAST_STEP = 12;
    private static final int WIDTH = 132;

    private final List<Point> points = new ArrayList<>();

    record Point(String label, CheckResult check) {
        double value() {
            BigDecimal value = check.value();
            return value == null ? 0 : value.doubleValue();
        }
    }

    CheckPlot add(String label, CheckResult check) {
        if (check.value() != null) {
            points.add(new Point(label, check));
        }
        return this;
    }

    Html draw() {
        int width = Math.max(WIDTH, MARGIN * 2 + LEAST_STEP * points.size());
        Html svg = new Html()
                .open(
                        "svg",
                        "class",
                        "spark",
                        "width",
                        "" + width,
                        "height",
                        "" + HEIGHT,
                        "viewBox",
                        "0 0 " + width + " " + HEIGHT,
                        "role",
                        "img",
                        "aria-label",
                        summary());
        if (points.size() > 1) {
            svg.element("polyline", "", "points", line(width));
        }
        for (int i = 0; i < points.size(); i++) {
            dot(svg, points.get(i), x(i, width));
        }
        return svg.close("svg");
    }

    private void dot(Html svg, Point point, double x) {
        String kind = Texts.kind(point.check().outcome());
        svg.open("g")
                .element(
                        "title",
                        point.label() + ": " + Texts.number(point.check().value()));
        if (point.check().passed()) {
            svg.element("circle", "", "class", kind, "cx", number(x), "cy", number(y(point)), "r", "3.5");
        } else {
            svg.element("path", "", "class", kind, "d", "M" + number(x) + " " + number(y(point) - 4.5) + "l4.5 8h-9z");
        }
        svg.close("g");
    }

    private String line(int width) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            line.append(number(x(i, width)))
                    .append(',')
                    .append(number(y(points.get(i))))
                    .append(' ');
        }
        return line.toString().strip();
    }

    private double x(int i, int width) {
        return points.size() == 1 ? width / 2.0 : MARGIN + (width - 2.0 * MARGIN) * i / (points.size() - 1);
    }

    private double y(Point point) {
        double low = points.stream().mapToDouble(Point::value).min().orElse(0);
        double high = points.stream().mapToDouble(Point::value).max().orElse(0);
        return high == low
                ? HEIGHT / 2.0
                : HEIGHT - MARGIN - (point.value() - low) / (high - low) * (HEIGHT - 2.0 * MARGIN);
    }

    private String summary() {
        return String.join(
                ", ",
                points.stream()
                        .map(point ->
                                point.label() + " " + Texts.number(point.check().value()))
                        .toList());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
