package io.lakemesh.governance.opa;

import io.lakemesh.audit.AuditRecord;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problems;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What Open Policy Agent decided on Trino's reads, from the decision logs that it prints with {@code decision_logs.console=true}:
 * a line of JSON each. Three decisions make a read: whether the columns may be read, which row filter holds, and which masks;
 * each is a record.
 */
public final class OpaDecisionLog {
    private OpaDecisionLog() {}

    /**
     * Reads a file. What is no decision on a read of a table is left out.
     *
     * @param products whose table it is
     * @throws InvalidInputException with every line that is none of such a log
     */
    public static List<AuditRecord> read(Path file, Function<TableName, Optional<ProductAddress>> products) {
        List<AuditRecord> records = new ArrayList<>();
        Problems problems = new Problems();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    record(line, products).ifPresent(records::add);
                } catch (InvalidInputException | DateTimeException e) {
                    problems.error(
                            new Place(file.toString(), number, 1),
                            "this is no line of Open Policy Agent's decision log: " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot read " + file + ": " + e.getClass().getSimpleName(), e);
        }
        problems.throwIfErrors();
        return records;
    }

    private static Optional<AuditRecord> record(String line, Function<TableName, Optional<ProductAddress>> products) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        if (!(parsed(line) instanceof Node.Mapping logged)) {
            throw new InvalidInputException("expected a JSON object");
        }
        return logged.text("msg").filter("Decision Log"::equals).isPresent()
                ? new OpaDecision(logged).record(products)
                : Optional.empty();
    }

    private static Node parsed(String line) {
        try {
            return Documents.parse("line", line, DocumentLimits.MANIFEST);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("it is not JSON", e);
        }
    }
}
