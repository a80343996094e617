package io.lakemesh.policydiff;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a role sees otherwise in a later revision.
 *
 * @param object of the product's contract
 * @param role null where it is about all roles of the table
 * @param groups that have the role, or of which a group got or lost it
 * @param subject what is seen: table, groups, purposes, rows, the order of roles, a column by its name, its values, which may be
 *     revealed, or what is stored of it
 * @param before what the earlier revision says; null where it says nothing
 * @param after what the later one says; likewise
 */
public record PolicyChange(
        Effect effect,
        ProductAddress product,
        String object,
        @Nullable String role,
        List<String> groups,
        String subject,
        @Nullable Said before,
        @Nullable Said after) {
    public PolicyChange {
        groups = groups.stream().sorted().toList();
    }

    /** What it means to those who have the role. */
    public enum Effect {
        /** More is seen. */
        GAINS,
        /** Less is seen. */
        LOSES,
        /** Something else is seen, or it cannot be told whether it is more or less. */
        CHANGES
    }

    /** A rule and where it stands. */
    public record Said(String text, Place place) {}
}
