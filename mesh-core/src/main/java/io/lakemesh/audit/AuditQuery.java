package io.lakemesh.audit;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Value;
import io.lakemesh.schema.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records are asked for: those for which all that is given holds.
 *
 * @param product null for all
 * @param user null for all
 * @param since when they were decided, at the earliest; null for any time
 * @param limit the newest, so many of them
 */
public record AuditQuery(@Nullable ProductAddress product, @Nullable String user, @Nullable Instant since, long limit) {
    /** Every record. */
    public static final AuditQuery ALL = new AuditQuery(null, null, null, Long.MAX_VALUE);

    @Nullable
    Predicate condition() {
        List<Predicate> all = new ArrayList<>();
        if (product != null) {
            all.add(equal("domain", product.domain()));
            all.add(equal("product", product.name()));
        }
        if (user != null) {
            all.add(equal("user_name", user));
        }
        if (since != null) {
            all.add(AuditTable.time(Predicate.Operator.GREATER_OR_EQUAL, since));
        }
        return all.size() < 2 ? all.stream().findFirst().orElse(null) : new Predicate.And(all);
    }

    private static Predicate equal(String column, String text) {
        return new Predicate.Comparison(
                AuditTable.column(column),
                Predicate.Operator.EQUAL,
                new Value.Literal(text, DataType.Primitive.STRING));
    }
}
