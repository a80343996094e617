package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Node;
import io.lakemesh.error.Problem;
import java.util.List;

/** What of some products does not hold against the mesh's policy. */
public record PolicyCheckReport(List<String> products, List<Problem> problems) implements Report {
    @Override
    public Node json() {
        return Node.mapping()
                .put("valid", errors() == 0)
                .put("products", products)
                .put(
                        "problems",
                        problems.stream().map(ValidationReport::problem).toList())
                .build();
    }

    @Override
    public void print(Screen screen) {
        problems.forEach(problem -> screen.line(problem.toString()));
        if (errors() == 0) {
            screen.line(Style.GOOD, "The policy holds for " + Words.count(products.size(), "product"));
        } else {
            screen.line(
                    Style.BAD,
                    Words.count(errors(), "error") + ", " + Words.count(problems.size() - errors(), "warning"));
        }
    }

    private long errors() {
        return problems.stream().filter(Problem::isError).count();
    }
}
