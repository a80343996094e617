package io.lakemesh.policy;

import io.lakemesh.error.Place;
import io.lakemesh.mask.Mask;

/** What is shown of a column, and where that is said. */
public record ColumnRule(Mask mask, Place place) {}
