package io.lakemesh.contract;

import io.lakemesh.descriptor.DataContract.QualityRule;
import io.lakemesh.error.Problems;
import java.util.HashSet;
import java.util.Set;

/** Gives each rule of a table an id of its own: the given one, or a derived one with a number where it is taken. */
final class RuleIds {
    private final Set<String> taken = new HashSet<>();
    private final Problems problems;

    RuleIds(Problems problems) {
        this.problems = problems;
    }

    String of(QualityRule rule, String derived) {
        if (rule.id() != null && !taken.add(rule.id())) {
            problems.error(
                    rule.node().placeOf("id"), "another rule of the table has the id " + Names.quoted(rule.id()));
        }
        if (rule.id() != null) {
            return rule.id();
        }
        return derived(rule.name() == null ? derived : rule.name());
    }

    String derived(String wish) {
        String id = wish;
        for (int i = 2; !taken.add(id); i++) {
            id = wish + "-" + i;
        }
        return id;
    }
}
