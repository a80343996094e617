package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.document.Node;
import io.lakemesh.error.Problem;
import java.util.List;
import java.util.Locale;

/** Which products are valid, and every problem of those that are not. */
public record ValidationReport(List<Valid> products, List<Problem> problems) implements Report {
    public ValidationReport {
        products = List.copyOf(products);
        problems = List.copyOf(problems);
    }

    /** A product without errors. */
    public record Valid(String path, ProductContract contract) {}

    @Override
    public Node json() {
        return Node.mapping()
                .put("valid", problems.stream().noneMatch(Problem::isError))
                .put(
                        "products",
                        products.stream().map(ValidationReport::product).toList())
                .put(
                        "problems",
                        problems.stream().map(ValidationReport::problem).toList())
                .build();
    }

    private static Node product(Valid valid) {
        return Node.mapping()
                .put("path", valid.path())
                .put("product", valid.contract().address().toString())
                .put(
                        "tables",
                        valid.contract().tables().stream()
                                .map(ValidationReport::table)
                                .toList())
                .build();
    }

    private static Node table(TableContract table) {
        return Node.mapping()
                .put("object", table.object())
                .put("table", table.table().toString())
                .put("contract", table.contractId())
                .put("version", table.contractVersion())
                .put("columns", table.columns().size())
                .put("rules", table.rules().size())
                .build();
    }

    static Node problem(Problem problem) {
        return Node.mapping()
                .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                .put("file", problem.place().file())
                .put("line", problem.place().line())
                .put("column", problem.place().column())
                .put("message", problem.message())
                .build();
    }

    @Override
    public void print(Screen screen) {
        problems.forEach(problem -> screen.line(problem.toString()));
        products.forEach(valid -> print(screen, valid));
        long errors = problems.stream().filter(Problem::isError).count();
        if (errors > 0) {
            screen.line(
                    Style.BAD, Words.count(errors, "error") + ", " + Words.count(problems.size() - errors, "warning"));
        }
    }

    private static void print(Screen screen, Valid valid) {
        screen.line(Style.GOOD, "Valid: " + valid.contract().address() + " (" + valid.path() + ")");
        valid.contract()
                .tables()
                .forEach(table -> screen.line("  " + table.table() + ": "
                        + Words.count(table.columns().size(), "column") + ", "
                        + Words.count(table.rules().size(), "rule")
                        + ", contract version " + table.contractVersion()));
    }
}
