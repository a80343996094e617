package io.lakemesh.policy;

import io.lakemesh.error.Place;
import io.lakemesh.predicate.Predicate;

/** What rows must satisfy to be seen, and where that is said. */
public record RowRule(Predicate predicate, Place place) {}
