package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Node;
import io.lakemesh.policytest.Trial;
import io.lakemesh.policytest.Trial.Failure;
import java.util.List;

/** Whether the policy does what its tests expect, wherever it is enforced. */
public record PolicyTestReport(List<Result> results) implements Report {
    /**
     * A test on one table.
     *
     * @param points where it was tried
     */
    public record Result(Trial trial, List<String> points, List<Failure> failures) {
        boolean isMet() {
            return failures.isEmpty();
        }
    }

    public boolean isMet() {
        return results.stream().allMatch(Result::isMet);
    }

    @Override
    public Node json() {
        return Node.mapping()
                .put("met", isMet())
                .put("tests", results.stream().map(PolicyTestReport::result).toList())
                .build();
    }

    private static Node result(Result result) {
        return Node.mapping()
                .put("test", result.trial().name())
                .put("place", result.trial().place().toString())
                .put("table", result.trial().table().table().toString())
                .put("points", result.points())
                .put("met", result.isMet())
                .put(
                        "failures",
                        result.failures().stream()
                                .map(PolicyTestReport::failure)
                                .toList())
                .build();
    }

    private static Node failure(Failure failure) {
        return Node.mapping()
                .put("point", failure.point())
                .put("place", failure.place().toString())
                .put("expected", failure.expected())
                .put("got", failure.got())
                .build();
    }

    @Override
    public void print(Screen screen) {
        results.forEach(result -> print(screen, result));
        long unmet = results.stream().filter(result -> !result.isMet()).count();
        if (unmet == 0) {
            screen.line(Style.GOOD, Words.count(results.size(), "expectation") + " met");
        } else {
            screen.line(
                    Style.BAD, Words.count(unmet) + " of " + Words.count(results.size(), "expectation") + " not met");
        }
    }

    private static void print(Screen screen, Result result) {
        screen.line(
                result.isMet() ? Style.GOOD : Style.BAD,
                (result.isMet() ? "met      " : "not met  ")
                        + result.trial().table().table() + ": " + result.trial().name() + " ("
                        + String.join(", ", result.points()) + ")");
        result.failures()
                .forEach(failure -> screen.line("  " + failure.place() + ": at " + failure.point() + ": expected "
                        + failure.expected() + ", got " + failure.got()));
    }
}
