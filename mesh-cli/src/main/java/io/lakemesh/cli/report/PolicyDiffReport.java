package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.MappingBuilder;
import io.lakemesh.document.Node;
import io.lakemesh.policydiff.PolicyChange;
import io.lakemesh.policydiff.PolicyChange.Effect;
import io.lakemesh.policydiff.PolicyChange.Said;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who gains or loses what between two revisions. */
public record PolicyDiffReport(Path before, Path after, List<PolicyChange> changes) implements Report {
    @Override
    public Node json() {
        return Node.mapping()
                .put("before", before.toString())
                .put("after", after.toString())
                .put("changes", changes.stream().map(PolicyDiffReport::change).toList())
                .build();
    }

    private static Node change(PolicyChange change) {
        MappingBuilder node = Node.mapping()
                .put("effect", word(change.effect()))
                .put("product", change.product().toString())
                .put("object", change.object());
        if (change.role() != null) {
            node.put("role", change.role()).put("groups", change.groups());
        }
        node.put("subject", change.subject());
        put(node, "before", change.before());
        put(node, "after", change.after());
        return node.build();
    }

    private static void put(MappingBuilder node, String key, @Nullable Said said) {
        if (said != null) {
            node.put(
                    key,
                    Node.mapping()
                            .put("text", said.text())
                            .put("place", said.place().toString())
                            .build());
        }
    }

    private static String word(Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void print(Screen screen) {
        changes.forEach(change -> screen.line(style(change.effect()), line(change)));
        screen.line(
                changes.isEmpty()
                        ? "Nobody sees more, less or otherwise"
                        : counted(Effect.GAINS) + ", " + counted(Effect.LOSES) + ", " + counted(Effect.CHANGES));
    }

    private String counted(Effect effect) {
        long count =
                changes.stream().filter(change -> change.effect() == effect).count();
        return Words.count(count) + " " + word(effect);
    }

    private static Style style(Effect effect) {
        return switch (effect) {
            case GAINS -> Style.WARNING;
            case LOSES -> Style.BOLD;
            case CHANGES -> Style.FAINT;
        };
    }

    private static String line(PolicyChange change) {
        String who = change.role() == null ? "" : " " + change.role() + " (" + String.join(", ", change.groups()) + ")";
        return String.format(Locale.ROOT, "%-8s", word(change.effect())) + change.product() + " " + change.object()
                + who + ": " + change.subject() + ": " + text(change.before()) + " -> " + text(change.after());
    }

    private static String text(@Nullable Said said) {
        return said == null ? "nothing" : said.text() + " (" + said.place() + ")";
    }
}
