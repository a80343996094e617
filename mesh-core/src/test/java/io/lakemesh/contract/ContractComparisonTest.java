package io.lakemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.contract.ContractChange.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractComparisonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logicalType: integer | logicalType: integer | ",
                "logicalType: integer | logicalType: integer, description: More | patch: Sales: descriptions of columns changed",
                "logicalType: integer, physicalType: int | logicalType: integer | additive: Sales.c: the type widened from int to long",
                "logicalType: integer | logicalType: integer, physicalType: int | breaking: Sales.c: the type was long and is int",
                "logicalType: number, physicalType: 'decimal(5,2)' | logicalType: number, physicalType: 'decimal(9,2)'"
                        + " | additive: Sales.c: the type widened from decimal(5, 2) to decimal(9, 2)",
                "logicalType: number, physicalType: 'decimal(5,2)' | logicalType: number, physicalType: 'decimal(9,3)'"
                        + " | breaking: Sales.c: the type was decimal(5, 2) and is decimal(9, 3)",
                "logicalType: string | logicalType: string, required: true"
                        + " | breaking: Sales.c: the column is required now, which rows of earlier releases may not satisfy",
                "logicalType: string, required: true | logicalType: string | breaking: Sales.c: the column may be null now",
                "logicalType: integer, logicalTypeOptions: { minimum: 1 } | logicalType: integer, logicalTypeOptions: { minimum: 2 }"
                        + " | additive: Sales.c: minimum was tightened",
                "logicalType: integer, logicalTypeOptions: { maximum: 1 } | logicalType: integer, logicalTypeOptions: { maximum: 2 }"
                        + " | breaking: Sales.c: maximum was loosened",
                "logicalType: string, logicalTypeOptions: { pattern: a } | logicalType: string | breaking: Sales.c: pattern is gone",
                "logicalType: string | logicalType: string, logicalTypeOptions: { maxLength: 3 }"
                        + " | additive: Sales.c: the largest size is new",
                "logicalType: string | logicalType: string, classification: public | additive: Sales.c: the classification changed",
                "logicalType: string | logicalType: string, customProperties: [{ property: lakemesh.source-name, value: C }]"
                        + " | patch: Sales.c: how raw input is read changed",
                "logicalType: string | logicalType: string, customProperties: [{ property: lakemesh.protection, value: redact }]"
                        + " | breaking: Sales.c: the protection was none and is redact",
                "logicalType: string | logicalType: string, unique: true | additive: Sales: rule 'c.unique' is new",
                "logicalType: string, unique: true | logicalType: string | breaking: Sales: rule 'c.unique' is gone",
                "logicalType: string, quality: [{ metric: nullValues, mustBe: 0, severity: info }] | logicalType: string"
                        + " | additive: Sales: rule 'c.nullValues' is gone",
                "logicalType: string, quality: [{ metric: nullValues, mustBe: 0 }]"
                        + " | logicalType: string, quality: [{ metric: nullValues, mustBe: 1 }]"
                        + " | additive: Sales: rule 'c.nullValues' changed",
                "logicalType: object, properties: [{ name: x, logicalType: string }]"
                        + " | logicalType: object, properties: [{ name: y, logicalType: string, customProperties: [{ property: lakemesh.renamed-from, value: x }] }]"
                        + " | breaking: Sales.c.y: the column was renamed from 'x', its data stays",
            })
    void judgesWhatAChangeMeansToReaders(String before, String after, String change) {
        List<ContractChange> changes = ContractComparison.compare(table("c", before), table("c", after));
        assertThat(changes.stream().map(ContractChange::toString))
                .containsExactlyElementsOf(change == null ? List.of() : List.of(change));
    }

    @Test
    void tellsARenameFromDropAndAdd() {
        TableContract old = table("c", "logicalType: string");
        assertThat(ContractComparison.compare(old, table("d", "logicalType: string")))
                .hasToString("[breaking: Sales.c: the column is gone, additive: Sales.d: the column is new]");
        assertThat(
                        ContractComparison.compare(
                                old,
                                table(
                                        "d",
                                        "logicalType: string, customProperties: [{ property: lakemesh.renamed-from, value: c }]")))
                .hasToString("[breaking: Sales.d: the column was renamed from 'c', its data stays]");
        assertThat(ContractComparison.compare(old, table("d", "logicalType: string, required: true"))
                        .get(1)
                        .level())
                .isEqualTo(Level.BREAKING);
    }

    @Test
    void comparesTheTablesOfProducts() {
        String table = "{ name: id, logicalType: integer }";
        ProductContract one = LittleProduct.ofSchema(LittleProduct.schema(table));
        ProductContract other =
                LittleProduct.ofSchema(LittleProduct.schema(table).replace("Sales", "Returns"));
        assertThat(ContractComparison.compare(one, other))
                .hasToString("[breaking: Sales: the table is gone, additive: Returns: the table is new]");
        assertThat(ContractComparison.level(ContractComparison.compare(one, other)))
                .isEqualTo(Level.BREAKING);
        assertThat(ContractComparison.level(List.of())).isEqualTo(Level.PATCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0.0 | 1.0.0 | PATCH | the contract changed but its version is still 1.0.0: give it a new version",
                "1.0.0 | 1.0.1 | ADDITIVE | ",
                "1.0.0 | 1.1.0 | BREAKING | the changes break readers: version 1.0.0 cannot become 1.1.0, it takes the new major version 2.0.0",
                "1.4.0 | 2.0.0 | BREAKING | ",
                "2.0.0 | 1.9.0 | PATCH | version 1.9.0 is older than 2.0.0, which is published",
                "1.0.0 | next | PATCH | version 'next' has no major number, expected one such as 1.0.0",
            })
    void asksForANewMajorVersionWhereReadersBreak(String before, String after, Level level, String refusal) {
        assertThat(VersionRules.refusal(before, after, level).orElse(null)).isEqualTo(refusal);
    }

    private static TableContract table(String name, String options) {
        return LittleProduct.ofProperties("{ name: " + name + ", " + options + " }");
    }
}
