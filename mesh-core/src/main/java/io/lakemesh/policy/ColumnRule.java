package io.lakemesh.policy;

import io.lakemesh.error.Place;

/** What is shown of a column, and where that is said. */
public record ColumnRule(Mask mask, Place place) {}
