package io.lakemesh.contract;

import io.lakemesh.contract.ContractChange.Level;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Limits that are loosened take a promise back; tightened ones add to it. */
final class LimitsComparison {
    private final BiConsumer<Level, String> changes;

    private LimitsComparison(BiConsumer<Level, String> changes) {
        this.changes = changes;
    }

    static void compare(Limits before, Limits after, BiConsumer<Level, String> changes) {
        LimitsComparison comparison = new LimitsComparison(changes);
        comparison.bound("minimum", before.minimum(), after.minimum(), 1);
        comparison.bound("exclusiveMinimum", before.exclusiveMinimum(), after.exclusiveMinimum(), 1);
        comparison.bound("maximum", before.maximum(), after.maximum(), -1);
        comparison.bound("exclusiveMaximum", before.exclusiveMaximum(), after.exclusiveMaximum(), -1);
        comparison.bound("the smallest size", before.minSize(), after.minSize(), 1);
        comparison.bound("the largest size", before.maxSize(), after.maxSize(), -1);
        comparison.condition("multipleOf", before.multipleOf(), after.multipleOf());
        comparison.condition("pattern", before.pattern(), after.pattern());
        comparison.condition("format", before.format(), after.format());
        comparison.condition("uniqueItems", before.uniqueItems() ? "yes" : null, after.uniqueItems() ? "yes" : null);
        comparison.properties(before, after);
    }

    /** {@code tighter} is the sign of a change that allows fewer values. */
    private void bound(String name, @Nullable Object before, @Nullable Object after, int tighter) {
        if (before == null || after == null) {
            condition(name, before, after);
            return;
        }
        int order = Integer.signum(order(before, after));
        if (order != 0) {
            boolean tightened = order == tighter;
            changes.accept(
                    tightened ? Level.ADDITIVE : Level.BREAKING,
                    name + " was " + (tightened ? "tightened" : "loosened"));
        }
    }

    /** Of {@code after} to {@code before}; the class may differ where the type was widened. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int order(Object before, Object after) {
        if (before instanceof Number a && after instanceof Number b) {
            return new BigDecimal(b.toString()).compareTo(new BigDecimal(a.toString()));
        }
        return before.getClass() == after.getClass() ? ((Comparable) after).compareTo(before) : 0;
    }

    private void condition(String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changes.accept(
                    before == null ? Level.ADDITIVE : Level.BREAKING,
                    name + (before == null ? " is new" : after == null ? " is gone" : " changed"));
        }
    }

    private void properties(Limits before, Limits after) {
        HashSet<String> old = new HashSet<>(before.requiredProperties());
        HashSet<String> now = new HashSet<>(after.requiredProperties());
        if (!old.equals(now)) {
            changes.accept(now.containsAll(old) ? Level.ADDITIVE : Level.BREAKING, "the required properties changed");
        }
    }
}
