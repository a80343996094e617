package io.lakemesh.contract;

import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import io.lakemesh.mask.Mask;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how a column is protected, and refuses what cannot keep the column's type, its length or its being there. */
final class ProtectionReader {
    private static final String KEY = OwnProperty.PROTECTION.key();

    private final SchemaProperty property;
    private final DataType type;
    private final int storedLength;
    private final Limits limits;
    private final Problems problems;

    /** The stored length is the n of a {@code varchar(n)}, 0 for none. */
    ProtectionReader(SchemaProperty property, DataType type, int storedLength, Limits limits, Problems problems) {
        this.property = property;
        this.type = type;
        this.storedLength = storedLength;
        this.limits = limits;
        this.problems = problems;
    }

    /** The protection; null for none, or one that was reported. */
    @Nullable
    Protection read() {
        Optional<Node> value = property.customProperties().get(KEY);
        if (value.isEmpty()) {
            return null;
        }
        Place place = property.customProperties().placeOf(KEY);
        try {
            Protection protection = Protection.parse(
                    value.get() instanceof Node.Scalar text ? text.text().orElse("") : "");
            Optional<String> fault = fault(protection);
            fault.ifPresent(reason -> problems.error(
                    place,
                    "column " + Names.quoted(String.valueOf(property.name())) + " (" + type
                            + ") cannot be protected by " + protection + ": " + reason));
            return fault.isEmpty() ? protection : null;
        } catch (InvalidInputException e) {
            problems.error(place, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Optional<String> fault(Protection protection) {
        if (protection instanceof Protection.Generalize generalize) {
            return fault(generalize.mask());
        }
        if (protection == Protection.Plain.DROP) {
            return isRequired() ? Optional.of("it leaves null, and the column is required") : Optional.empty();
        }
        if (type != Primitive.STRING) {
            return Optional.of("it is for strings");
        }
        return protection instanceof Keyed keyed
                ? length(keyed.kind())
                : length(Mask.HIDDEN.length(), Mask.HIDDEN.length());
    }

    private Optional<String> fault(Mask mask) {
        if (mask == Mask.Plain.CLEAR) {
            return Optional.of("it protects nothing");
        }
        if (mask == Mask.Plain.NULL) {
            return Optional.of("say drop");
        }
        return mask.fault(type).map(reason -> mask + " " + reason).or(() -> size(mask));
    }

    private Optional<String> size(Mask mask) {
        if (mask instanceof Mask.Constant constant) {
            int length = constant.text().codePointCount(0, constant.text().length());
            return length(length, length);
        }
        if (mask instanceof Mask.Part part) {
            return length(Mask.HIDDEN.length(), Mask.HIDDEN.length() + part.length());
        }
        return mask instanceof Mask.Banded banded && isRequired() && !startsWithin(banded)
                ? Optional.of("it leaves null below the first bound, and the column is required; give it a minimum")
                : Optional.empty();
    }

    private boolean startsWithin(Mask.Banded banded) {
        return limits.minimum() != null
                && new BigDecimal(limits.minimum().toString())
                                .compareTo(banded.bounds().get(0))
                        >= 0;
    }

    private Optional<String> length(Kind kind) {
        int longest = limits.maxSize() == null ? 0 : limits.maxSize();
        return length(kind.shortest(minSize()), kind.longest(longest));
    }

    /** Of what is stored, a {@code varchar(n)} says how long it may be; without one, the values' own limit holds for it, too. */
    private Optional<String> length(int least, int most) {
        Integer room = storedLength > 0 ? Integer.valueOf(storedLength) : limits.maxSize();
        if (room != null && room < most) {
            return Optional.of("it needs up to " + most + " characters, the column has " + room
                    + "; give it the physicalType varchar(" + most + "), and its values' own limit as maxLength");
        }
        return minSize() > least
                ? Optional.of("it may have only " + least + " characters, the column at least " + minSize())
                : Optional.empty();
    }

    private int minSize() {
        return limits.minSize() == null ? 0 : limits.minSize();
    }

    private boolean isRequired() {
        return property.required() || property.primaryKey();
    }
}
