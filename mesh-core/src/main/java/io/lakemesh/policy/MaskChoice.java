package io.lakemesh.policy;

import io.lakemesh.error.Place;
import io.lakemesh.mask.Mask;
import io.lakemesh.schema.DataType;
import java.util.List;
import java.util.Optional;

/**
 * Masks for columns of any type: of each column the first one that fits its type.
 *
 * @param masks in the order of the file
 * @param place where they stand
 */
public record MaskChoice(List<Mask> masks, Place place) {
    public MaskChoice {
        masks = List.copyOf(masks);
    }

    /** The mask for a type; empty if none fits. */
    Optional<Mask> fitting(DataType type) {
        return masks.stream().filter(mask -> mask.fault(type).isEmpty()).findFirst();
    }
}
