package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.document.Node;
import io.lakemesh.iceberg.profile.ColumnProfile;
import io.lakemesh.iceberg.profile.ColumnProfile.TopValue;
import io.lakemesh.iceberg.profile.Profile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a file holds, column by column. */
public record ProfileReport(Profile profile) implements Report {
    private static final int WIDEST = 24;
    private static final int TOP_SHOWN = 2;

    @Override
    public Node json() {
        return Node.mapping()
                .put("source", profile.source())
                .put("rows", profile.rows())
                .put("malformed", profile.malformed())
                .put(
                        "columns",
                        profile.columns().stream().map(ProfileReport::column).toList())
                .put("personal", PersonalTable.json(profile.personal()))
                .build();
    }

    private static Node column(ColumnProfile column) {
        Map<String, Double> quantiles = new TreeMap<>();
        column.quantiles().forEach((rank, value) -> quantiles.put(rank.toString(), value));
        return Node.mapping()
                .put("name", column.name())
                .put("type", type(column))
                .put("nulls", column.nulls())
                .put("distinct", column.distinct())
                .put("minimum", column.minimum())
                .put("maximum", column.maximum())
                .put("shortest", column.shortest())
                .put("longest", column.longest())
                .put("quantiles", quantiles)
                .put("top", column.topValues().stream().map(ProfileReport::top).toList())
                .build();
    }

    private static Node top(TopValue top) {
        return Node.mapping()
                .put("value", top.value())
                .put("count", top.count())
                .build();
    }

    private static String type(ColumnProfile column) {
        return column.isUuid() ? "uuid" : column.type().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void print(Screen screen) {
        screen.line(Style.BOLD, profile.source() + ": " + Words.count(profile.rows(), "row"));
        if (profile.malformed() > 0) {
            screen.line(Style.WARNING, "  " + Words.count(profile.malformed(), "row") + " could not be read");
        }
        TextTable table = TextTable.of("column", "type", ">null", ">distinct", "smallest", "largest", "most frequent");
        profile.columns()
                .forEach(column -> table.row(
                        column.name(),
                        type(column),
                        String.format(Locale.ROOT, "%.1f%%", 100 * column.nullShare()),
                        Words.count(column.distinct()),
                        shortened(column.minimum()),
                        shortened(column.maximum()),
                        frequent(column.topValues())));
        table.print(screen);
        PersonalTable.print(profile.personal(), screen);
        screen.blank();
        screen.line("Next: mesh profile --contract drafts a contract that this passes");
    }

    private static String frequent(List<TopValue> top) {
        return String.join(
                ", ",
                top.stream()
                        .limit(TOP_SHOWN)
                        .map(value -> shortened(value.value()) + " (" + Words.count(value.count()) + ")")
                        .toList());
    }

    private static String shortened(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.codePointCount(0, text.length()) > WIDEST
                ? text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…"
                : text;
    }
}
