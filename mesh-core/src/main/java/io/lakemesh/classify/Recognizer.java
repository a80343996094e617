package io.lakemesh.classify;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Knows values of a kind by their syntax.
 *
 * @param test linear in the value's length
 * @param says what can be said of a value that passes: "are e-mail addresses"
 * @param chance how likely a value that is something else passes, at most
 * @param share of the different values that must pass; above 1 where values alone are not enough
 * @param names words of a column's name that say the same
 * @param namedShare the share that must pass where the name does
 */
record Recognizer(
        PersonalKind kind,
        Predicate<String> test,
        String says,
        double chance,
        double share,
        List<String> names,
        double namedShare) {
    /** Below this, chance is not worth a word. */
    private static final double WORTH_SAYING = 0.009;

    Count count(Collection<String> values) {
        return Count.of(values, test);
    }

    boolean accepts(Count count, ColumnWords words) {
        boolean named = words.haveAny(names);
        return count.passed() > 0 && count.share() >= (named ? namedShare : share) && count.isBeyond(chance, named);
    }

    Proposal proposal(Count count, ColumnWords words) {
        String chances = chance < WORTH_SAYING || share > 1 ? "" : "; by chance " + count.byChance(chance) + " would";
        return new Proposal(
                kind, count + " " + says + chances + (words.haveAny(names) ? ", and the column's name agrees" : ""));
    }
}
