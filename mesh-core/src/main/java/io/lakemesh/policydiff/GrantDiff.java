package io.lakemesh.policydiff;

import io.lakemesh.error.Place;
import io.lakemesh.mask.Mask;
import io.lakemesh.policy.ColumnRule;
import io.lakemesh.policy.Grant;
import io.lakemesh.policy.RowRule;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.policydiff.PolicyChange.Effect;
import io.lakemesh.policydiff.PolicyChange.Said;
import io.lakemesh.predicate.Implication;
import io.lakemesh.predicate.Predicate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what one role sees of a table in two revisions. */
final class GrantDiff {
    private final TablePolicy table;
    private final Grant before;
    private final Grant after;
    private final Place boundBefore;
    private final Place boundAfter;
    private final List<PolicyChange> changes;

    /** The places are where it is said which groups have the role. */
    GrantDiff(
            TablePolicy table,
            Grant before,
            Grant after,
            Place boundBefore,
            Place boundAfter,
            List<PolicyChange> changes) {
        this.table = table;
        this.before = before;
        this.after = after;
        this.boundBefore = boundBefore;
        this.boundAfter = boundAfter;
        this.changes = changes;
    }

    void compare() {
        groups();
        purposes();
        rows();
        Set<String> columns = new LinkedHashSet<>(before.columns().keySet());
        columns.addAll(after.columns().keySet());
        columns.forEach(
                name -> column(name, before.columns().get(name), after.columns().get(name)));
        reveals();
    }

    /** Those who get the role see all that it sees, those who lose it nothing of it. */
    private void groups() {
        Set<String> added = without(after.groups(), before.groups());
        Set<String> removed = without(before.groups(), after.groups());
        Said earlier = groups(before, boundBefore);
        Said later = groups(after, boundAfter);
        if (!added.isEmpty()) {
            add(Effect.GAINS, added, "groups", earlier, later);
        }
        if (!removed.isEmpty()) {
            add(Effect.LOSES, removed, "groups", earlier, later);
        }
    }

    private static Set<String> without(Set<String> all, Collection<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    private static Said groups(Grant grant, Place place) {
        return new Said(String.join(", ", new TreeSet<>(grant.groups())), place);
    }

    /** None is any. */
    private void purposes() {
        boolean narrower = isAmong(after.purposes(), before.purposes());
        boolean wider = isAmong(before.purposes(), after.purposes());
        compared("purposes", narrower, wider, purposes(before), purposes(after));
    }

    private static boolean isAmong(Set<String> purposes, Set<String> others) {
        return others.isEmpty() || (!purposes.isEmpty() && others.containsAll(purposes));
    }

    private static Said purposes(Grant grant) {
        return new Said(
                grant.purposes().isEmpty() ? "any purpose" : String.join(", ", new TreeSet<>(grant.purposes())),
                grant.place());
    }

    private void rows() {
        List<Predicate> earlier = predicates(before);
        List<Predicate> later = predicates(after);
        compared(
                "rows",
                Implication.holds(later, earlier),
                Implication.holds(earlier, later),
                new Said(rows(before), place(before, later)),
                new Said(rows(after), place(after, earlier)));
    }

    private static List<Predicate> predicates(Grant grant) {
        return grant.rows().stream().map(RowRule::predicate).toList();
    }

    /** Of the first filter that the other does not have; of the role where each is there too. */
    private static Place place(Grant grant, List<Predicate> others) {
        return grant.rows().stream()
                .filter(rule -> !Implication.holds(others, List.of(rule.predicate())))
                .findFirst()
                .map(RowRule::place)
                .orElse(grant.place());
    }

    static String rows(Grant grant) {
        return grant.rows().isEmpty()
                ? "all rows"
                : "rows with "
                        + grant.rows().stream()
                                .map(rule -> rule.predicate().toString())
                                .collect(Collectors.joining(" and "));
    }

    private void column(String name, @Nullable ColumnRule earlier, @Nullable ColumnRule later) {
        Mask shown = earlier == null ? Mask.Plain.NULL : earlier.mask();
        Mask shows = later == null ? Mask.Plain.NULL : later.mask();
        boolean narrower = shows.isAtLeastAsStrictAs(shown);
        boolean wider = shown.isAtLeastAsStrictAs(shows);
        if (earlier == null || later == null) {
            boolean hidden = shown.equals(shows);
            Effect effect = hidden ? Effect.CHANGES : earlier == null ? Effect.GAINS : Effect.LOSES;
            add(effect, after.groups(), "column " + name, said(earlier), said(later));
        } else if (!shown.equals(shows)) {
            add(effect(narrower, wider), after.groups(), "column " + name, said(earlier), said(later));
        }
    }

    private void reveals() {
        without(after.reveals().keySet(), before.reveals().keySet())
                .forEach(name -> add(Effect.GAINS, after.groups(), "values of " + name, null, revealed(after, name)));
        without(before.reveals().keySet(), after.reveals().keySet())
                .forEach(name -> add(Effect.LOSES, after.groups(), "values of " + name, revealed(before, name), null));
    }

    private static Said revealed(Grant grant, String column) {
        return new Said(
                "may be revealed", Objects.requireNonNull(grant.reveals().get(column)));
    }

    private static @Nullable Said said(@Nullable ColumnRule rule) {
        return rule == null ? null : new Said(rule.mask().toString(), rule.place());
    }

    private void compared(String subject, boolean narrower, boolean wider, Said earlier, Said later) {
        if (!(narrower && wider)) {
            add(effect(narrower, wider), after.groups(), subject, earlier, later);
        }
    }

    private static Effect effect(boolean narrower, boolean wider) {
        return narrower == wider ? Effect.CHANGES : narrower ? Effect.LOSES : Effect.GAINS;
    }

    private void add(Effect effect, Set<String> groups, String subject, @Nullable Said earlier, @Nullable Said later) {
        changes.add(new PolicyChange(
                effect, table.product(), table.object(), after.role(), List.copyOf(groups), subject, earlier, later));
    }
}
