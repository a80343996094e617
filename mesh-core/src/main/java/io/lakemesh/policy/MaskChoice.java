package io.lakemesh.policy;

import io.lakemesh.error.Place;
import io.lakemesh.mask.Mask;
import java.util.List;
import java.util.Optional;

/**
 * Masks for columns of any kind: of each column the first one that fits it.
 *
 * @param masks in the order of the file
 * @param place where they stand
 */
public record MaskChoice(List<Mask> masks, Place place) {
    public MaskChoice {
        masks = List.copyOf(masks);
    }

    /** The mask for a column; empty if none fits. */
    Optional<Mask> fitting(StoredColumn column) {
        return masks.stream().filter(mask -> column.fault(mask).isEmpty()).findFirst();
    }
}
