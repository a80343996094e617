package io.lakemesh.policytest;

import io.lakemesh.error.MeshException;
import io.lakemesh.error.Place;
import io.lakemesh.policy.TablePolicy;
import java.util.List;
import java.util.stream.Stream;

/** A test on one of the tables that it selects. */
public final class Trial {
    private final PolicyTest test;
    private final TablePolicy table;
    private final Expectation expectation;

    Trial(PolicyTest test, TablePolicy table, Expectation expectation) {
        this.test = test;
        this.table = table;
        this.expectation = expectation;
    }

    public String name() {
        return test.name();
    }

    /** Where the test stands. */
    public Place place() {
        return test.place();
    }

    public TablePolicy table() {
        return table;
    }

    /** A point that does not do what the test expects. */
    public record Failure(String point, Place place, String expected, String got) {}

    /** What does not hold at some points. */
    public List<Failure> failures(List<EnforcementPoint> points) {
        return points.stream().flatMap(this::failures).toList();
    }

    private Stream<Failure> failures(EnforcementPoint point) {
        try {
            return expectation.of(point.decide(test.subject(), table)).stream()
                    .map(difference ->
                            new Failure(point.name(), difference.place(), difference.expected(), difference.got()));
        } catch (MeshException e) {
            return Stream.of(new Failure(point.name(), place(), "an answer", String.valueOf(e.getMessage())));
        }
    }
}
