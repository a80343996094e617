package io.lakemesh.policydiff;

import io.lakemesh.mask.Mask;
import io.lakemesh.policy.Grant;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.policydiff.PolicyChange.Effect;
import io.lakemesh.policydiff.PolicyChange.Said;
import io.lakemesh.policydiff.Revision.Described;
import io.lakemesh.schema.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two revisions, table by table and role by role. */
public final class PolicyDiff {
    private static final String TABLE = "table";

    private final Revision before;
    private final Revision after;
    private final List<PolicyChange> changes = new ArrayList<>();

    private PolicyDiff(Revision before, Revision after) {
        this.before = before;
        this.after = after;
    }

    /** What each role gains and loses from the one to the other; tables in the order of their names. */
    public static List<PolicyChange> between(Revision before, Revision after) {
        PolicyDiff diff = new PolicyDiff(before, after);
        Set<String> names = new TreeSet<>(before.tables().keySet());
        names.addAll(after.tables().keySet());
        names.forEach(
                name -> diff.table(before.tables().get(name), after.tables().get(name)));
        return List.copyOf(diff.changes);
    }

    private void table(@Nullable Described earlier, @Nullable Described later) {
        if (earlier == null && later != null) {
            later.policy().grants().forEach(grant -> gained(later.policy(), grant));
        } else if (earlier != null && later == null) {
            earlier.policy().grants().forEach(grant -> lost(earlier.policy(), grant));
        } else if (earlier != null && later != null) {
            protections(earlier, later);
            table(earlier.policy(), later.policy());
        }
    }

    private void table(TablePolicy earlier, TablePolicy later) {
        order(earlier, later);
        Map<String, Grant> grants = grants(earlier);
        Map<String, Grant> others = grants(later);
        grants.forEach((role, grant) -> {
            if (!others.containsKey(role)) {
                lost(earlier, grant);
            }
        });
        others.forEach((role, grant) -> compare(later, grants.get(role), grant));
    }

    private void compare(TablePolicy table, @Nullable Grant earlier, Grant grant) {
        if (earlier == null) {
            gained(table, grant);
        } else {
            new GrantDiff(table, earlier, grant, before.bound(earlier), after.bound(grant), changes).compare();
        }
    }

    /** What is stored of a column that both have is another thing to everybody, in whatever is published from then on. */
    private void protections(Described earlier, Described later) {
        TablePolicy table = later.policy();
        for (Field field : table.schema().fields()) {
            Said said = earlier.protections().get(field.name());
            Said says = later.protections().get(field.name());
            boolean isKnown = earlier.policy().schema().position(field.name()).isPresent();
            if (isKnown && !Objects.equals(text(said), text(says))) {
                Effect effect = said == null ? Effect.LOSES : says == null ? Effect.GAINS : Effect.CHANGES;
                changes.add(new PolicyChange(
                        effect,
                        table.product(),
                        table.object(),
                        null,
                        List.of(),
                        "protection of column " + field.name(),
                        said,
                        says));
            }
        }
    }

    private static @Nullable String text(@Nullable Said said) {
        return said == null ? null : said.text();
    }

    /** By role; one that stands several times, as for several purposes, by its number as well. */
    private static Map<String, Grant> grants(TablePolicy table) {
        Map<String, Grant> grants = new LinkedHashMap<>();
        for (Grant grant : table.grants()) {
            String role = grant.role();
            for (int number = 2; grants.containsKey(role); number++) {
                role = grant.role() + " (" + number + ")";
            }
            grants.put(role, grant);
        }
        return grants;
    }

    private void gained(TablePolicy table, Grant grant) {
        changes.add(change(Effect.GAINS, table, grant, null, said(grant, table)));
    }

    private void lost(TablePolicy table, Grant grant) {
        changes.add(change(Effect.LOSES, table, grant, said(grant, table), null));
    }

    private static PolicyChange change(
            Effect effect, TablePolicy table, Grant grant, @Nullable Said before, @Nullable Said after) {
        return new PolicyChange(
                effect,
                table.product(),
                table.object(),
                grant.role(),
                List.copyOf(grant.groups()),
                TABLE,
                before,
                after);
    }

    private static Said said(Grant grant, TablePolicy table) {
        String rows = GrantDiff.rows(grant);
        long clear = table.schema().fields().stream()
                .filter(field -> grant.mask(field.name()) == Mask.Plain.CLEAR)
                .count();
        String reveals = grant.reveals().isEmpty()
                ? ""
                : ", may reveal " + String.join(", ", grant.reveals().keySet());
        return new Said(
                rows + ", " + clear + " of " + table.schema().size() + " columns in clear" + reveals, grant.place());
    }

    /** Of a subject's roles the first decides, so another order is another decision for whoever has several. */
    private void order(TablePolicy before, TablePolicy after) {
        List<String> earlier = deciding(before, after);
        List<String> later = deciding(after, before);
        if (!earlier.equals(later)) {
            changes.add(new PolicyChange(
                    Effect.CHANGES,
                    after.product(),
                    after.object(),
                    null,
                    List.of(),
                    "order of roles",
                    new Said(
                            String.join(", ", roles(before)),
                            before.grants().get(0).place()),
                    new Said(
                            String.join(", ", roles(after)),
                            after.grants().get(0).place())));
        }
    }

    /** The roles up to the last that is also in the other: those behind it decide for nobody who had one before. */
    private static List<String> deciding(TablePolicy table, TablePolicy other) {
        List<String> roles = roles(table);
        List<String> others = roles(other);
        int last = -1;
        for (int i = 0; i < roles.size(); i++) {
            last = others.contains(roles.get(i)) ? i : last;
        }
        return roles.subList(0, last + 1);
    }

    private static List<String> roles(TablePolicy table) {
        return List.copyOf(grants(table).keySet());
    }
}
