package io.lakemesh.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects every problem of an input before it fails. Not thread-safe. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void error(Place place, String message) {
        found.add(Problem.error(place, message));
    }

    public void warning(Place place, String message) {
        found.add(Problem.warning(place, message));
    }

    public void addAll(Problems others) {
        found.addAll(others.found);
    }

    public void addAll(Collection<Problem> others) {
        found.addAll(others);
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    public List<Problem> all() {
        return List.copyOf(found);
    }

    public List<Problem> warnings() {
        return found.stream().filter(problem -> !problem.isError()).toList();
    }

    /** Throws what was found, warnings included, if any of it is an error. */
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new InvalidInputException(found);
        }
    }
}
