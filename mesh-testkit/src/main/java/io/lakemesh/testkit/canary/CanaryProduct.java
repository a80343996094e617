package io.lakemesh.testkit.canary;

import java.time.LocalDate;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table whose columns are protected in every way there is, and rows for it whose protected values {@link #TRACES} finds again. Its
 * last two columns are open: what becomes of a row is told there.
 */
public final class CanaryProduct {
    /** A text that is in each person's name and code, whatever its case; spelt as no class is, since stack traces name those. */
    public static final String WORD = "Qanary";

    public static final String PHONE = "917263544839";

    /** As nobody was born, so that its days since 1970 are a number like no other. */
    public static final LocalDate BORN = LocalDate.of(7531, 9, 24);

    /** A date of birth in a form that is refused. */
    public static final String WRONG_BORN = "24/09/7531";

    public static final Traces TRACES =
            new Traces(List.of(WORD, WRONG_BORN), List.of(Long.parseLong(PHONE)), List.of(BORN));

    /** The town whose rows refuse a run. */
    public static final String REFUSED = "Rye";

    private static final String CODES =
            ", logicalTypeOptions: { pattern: \"^[A-Z]{6}-[0-9]+$\" }, quality: [{ id: codes, metric: invalidValues,"
                    + " arguments: { pattern: \"-[13]$\" }, mustBeLessThan: 1000000 }]";
    private static final String TOWNS = ", quality: [{ id: towns, metric: nullValues, mustBeLessThan: 2,"
            + " customProperties: [{ property: lakemesh.on-failure, value: quarantine }] },"
            + " { id: no-rye, metric: invalidValues, arguments: { validValues: [Bath, York, Ely, Hull] },"
            + " mustBeLessThan: 1 }]";

    /** Every column that is protected: one more here, and each test has it. */
    private static final List<Column> PROTECTED = List.of(
            new Column("person", "pseudonymize", "logicalType: string, primaryKey: true", id -> WORD + " " + id),
            new Column("name", "redact", "logicalType: string", id -> "qanary name"),
            new Column("born", "generalize(year)", "logicalType: date", id -> BORN.toString()),
            new Column("phone", "drop", "logicalType: integer", id -> PHONE),
            new Column("code", "tokenize", "logicalType: string" + CODES, id -> "QANARY-" + id),
            new Column("mail", "encrypt", "logicalType: string", id -> "qanary." + id + "@example.com"));

    private record Column(String name, String protection, String rest, IntFunction<String> value) {
        String yaml(boolean isProtected) {
            return "      - { name: " + name + ", classification: public, " + rest
                    + (isProtected
                            ? ", customProperties: [{ property: lakemesh.protection, value: " + protection + " }]"
                            : "")
                    + " }\n";
        }
    }

    private CanaryProduct() {}

    /** What goes on after the object's name in its contract. */
    public static String contract() {
        return contract(true);
    }

    /** The same without any protection, for tests that a test can fail. */
    public static String openContract() {
        return contract(false);
    }

    private static String contract(boolean isProtected) {
        return """
                    customProperties:
                      - { property: lakemesh.max-quarantined, value: 0.95 }
                      - { property: lakemesh.partition, value: ["bucket(2, person)"] }
                      - { property: lakemesh.sort, value: [code] }
                    properties:
                """
                + PROTECTED.stream().map(column -> column.yaml(isProtected)).collect(Collectors.joining())
                + "      - { name: town, classification: public, logicalType: string" + TOWNS + " }\n"
                + "      - { name: amount, classification: public, logicalType: integer, logicalTypeOptions: { minimum: 0 } }\n";
    }

    /** The names of the columns, as in the head of a CSV file. */
    public static String header() {
        return Stream.concat(PROTECTED.stream().map(Column::name), Stream.of("town", "amount"))
                .collect(Collectors.joining(","));
    }

    /** A line of a CSV file. */
    public static String row(int id, String town, String amount) {
        return Stream.concat(PROTECTED.stream().map(column -> column.value().apply(id)), Stream.of(town, amount))
                .collect(Collectors.joining(","));
    }

    /** A good one. */
    public static String row(int id) {
        return row(id, "Bath", "1");
    }
}
