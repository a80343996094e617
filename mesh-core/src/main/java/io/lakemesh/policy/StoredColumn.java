package io.lakemesh.policy;

import io.lakemesh.contract.OwnProperty;
import io.lakemesh.contract.Protection;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.mask.Mask;
import io.lakemesh.schema.DataType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a table has of a column, which a mask is put over; the protection is null where it has the values. */
record StoredColumn(DataType type, @Nullable Protection protection) {
    /** Why a mask cannot be put over it; empty if it can. */
    Optional<String> fault(Mask mask) {
        if (!(mask instanceof Mask.StandIn standIn)) {
            return mask.fault(type).map(reason -> reason + ", and this is a " + type);
        }
        Kind wanted = standIn == Mask.StandIn.PSEUDONYM ? Kind.PSEUDONYMIZE : Kind.TOKENIZE;
        return protection instanceof Keyed keyed && keyed.kind() == wanted
                ? Optional.empty()
                : Optional.of("is for columns whose " + OwnProperty.PROTECTION.key() + " is " + wanted
                        + ", and this one's is " + (protection == null ? "none" : protection));
    }
}
