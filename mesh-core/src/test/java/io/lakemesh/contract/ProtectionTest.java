package io.lakemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectionTest {
    private static String column(String rest, String protection) {
        return "{ name: c, " + rest + ", customProperties: [{ property: lakemesh.protection, value: \"" + protection
                + "\" }] }";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redact",
                "drop",
                "pseudonymize",
                "tokenize",
                "encrypt",
                "pseudonymize(police-and-health)",
                "tokenize(police_1.x)",
                "encrypt(K)",
                "generalize(last(4))",
                "generalize(constant('it''s (x)'))"
            })
    void readsItsOwnText(String text) {
        assertThat(Protection.parse(text)).hasToString(text);
        assertThat(Protection.parse(" " + text + " ")).isEqualTo(Protection.parse(text));
    }

    /** Or a contract would have another domain's values revealed. */
    @Test
    void aSharedKeyIsNoDomainsOwn() {
        assertThat(new Protection.Keyed(Protection.Kind.TOKENIZE).keyName("police"))
                .isEqualTo("police");
        assertThat(new Protection.Keyed(Protection.Kind.TOKENIZE, "police").keyName("retail"))
                .isEqualTo("shared/police");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "logicalType: string | redact",
                "logicalType: string, required: true | redact",
                "logicalType: string, logicalTypeOptions: { maxLength: 3 } | redact",
                "logicalType: array, items: { logicalType: string } | drop",
                "logicalType: date | generalize(month)",
                "logicalType: string, logicalTypeOptions: { maxLength: 7 } | generalize(last(4))",
                "logicalType: integer, required: true, logicalTypeOptions: { minimum: 0 } | generalize(bands(0, 18, 65))",
                "logicalType: string, physicalType: varchar(30), primaryKey: true | pseudonymize",
                "logicalType: string, physicalType: varchar(30), logicalTypeOptions: { minLength: 5, maxLength: 8 } | pseudonymize",
                "logicalType: string, physicalType: varchar(83), logicalTypeOptions: { maxLength: 10 } | tokenize(shared)",
                "logicalType: string, physicalType: varchar(99), logicalTypeOptions: { maxLength: 10 } | encrypt",
                "logicalType: string, required: true | encrypt",
                "logicalType: string, unique: true | tokenize",
            })
    void acceptsWhatKeepsTheColumnsType(String column, String protection) {
        assertThat(LittleProduct.ofProperties(column(column, protection))
                        .columns()
                        .get(0)
                        .protection())
                .hasToString(protection);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "logicalType: string | scramble | Invalid protection: expected one of redact, drop, generalize(MASK), pseudonymize, tokenize, encrypt, encrypt(KEY)",
                "logicalType: string | tokenize(a b) | Invalid name of a key: expected 1 to 64 letters, digits",
                "logicalType: string | encrypt() | Invalid name of a key",
                "logicalType: string | encrypt(../k) | Invalid name of a key",
                "logicalType: integer | encrypt | it is for strings",
                "logicalType: string | redacted | did you mean 'redact'?",
                "logicalType: string | generalize(lst(4)) | Invalid mask: expected one of",
                "logicalType: string | generalize(clear) | column 'c' (string) cannot be protected by generalize(clear): it protects nothing",
                "logicalType: string | generalize(null) | say drop",
                "logicalType: string | generalize(month) | month is for dates and timestamps",
                "logicalType: integer | redact | column 'c' (long) cannot be protected by redact: it is for strings",
                "logicalType: integer | pseudonymize | it is for strings",
                "logicalType: string, physicalType: uuid | tokenize | it is for strings",
                "logicalType: string, required: true | drop | it leaves null, and the column is required",
                "logicalType: string, physicalType: varchar(29) | pseudonymize | it needs up to 30 characters, the column has 29",
                "logicalType: string, logicalTypeOptions: { maxLength: 10 } | pseudonymize | it needs up to 30 characters, the column has 10; give it the physicalType varchar(30), and its values' own limit as maxLength",
                "logicalType: string, physicalType: varchar(82), logicalTypeOptions: { maxLength: 10 } | tokenize | it needs up to 83 characters, the column has 82",
                "logicalType: string, physicalType: varchar(98), logicalTypeOptions: { maxLength: 10 } | encrypt | it needs up to 99 characters, the column has 98",
                "logicalType: string, logicalTypeOptions: { minLength: 26 } | pseudonymize | it may have only 25 characters, the column at least 26",
                "logicalType: string, logicalTypeOptions: { maxLength: 2 } | redact | it needs up to 3 characters, the column has 2",
                "logicalType: string, logicalTypeOptions: { maxLength: 6 } | generalize(last(4)) | it needs up to 7 characters",
                "logicalType: string, logicalTypeOptions: { minLength: 2 } | generalize(constant('x')) | it may have only 1 characters",
                "logicalType: integer, required: true | generalize(bands(0, 18)) | it leaves null below the first bound",
            })
    void refusesWhatCannotKeepTheColumn(String column, String protection, String problem) {
        assertThatThrownBy(() -> LittleProduct.ofProperties(column(column, protection)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("c.odcs.yaml:9:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "logicalType: string, primaryKey: true | redact | column 'c' cannot be primaryKey, since it is protected by redact, which makes values alike",
                "logicalType: string, primaryKey: true | encrypt | column 'c' cannot be primaryKey, since it is protected by encrypt, which makes equal values differ",
                "logicalType: string, partitioned: true | encrypt(k) | cannot partition by column 'c', which is protected by encrypt(k): every row would have another value",
                "logicalType: string, unique: true | generalize(last(4)) | column 'c' cannot be unique, since it is protected by generalize(last(4))",
                "logicalType: string, partitioned: true | pseudonymize | cannot partition by column 'c', which is protected by pseudonymize; use bucket",
                "logicalType: date, partitioned: true | drop | cannot partition by column 'c', which is protected by drop: every row would have the same value",
                "logicalType: object, properties: [{ name: x, logicalType: string, customProperties: [{ property: lakemesh.protection, value: redact }] }]"
                        + " | drop | a part of the nested column cannot be protected, only a column can",
            })
    void refusesKeysAndLayoutsThatMeanNothing(String column, String protection, String problem) {
        assertThatThrownBy(() -> LittleProduct.ofProperties(column(column, protection)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesAnOpenColumnThatIsReadFromAProtectedOne() {
        assertThatThrownBy(
                        () -> LittleProduct.ofProperties(
                                column("logicalType: string", "redact"),
                                "{ name: d, logicalType: string, customProperties: [{ property: lakemesh.source-name, value: C }] }"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("c.odcs.yaml:10:11: column 'd' may be read from where the protected column"
                        + " 'c' is, and would be stored as it is; protect it, too");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "encryptedName: c | encrypt | { name: d, logicalType: string }",
                "encryptedName: d | pseudonymize | { name: d, logicalType: string, customProperties:"
                        + " [{ property: lakemesh.protection, value: encrypt }, { property: lakemesh.source-name, value: c }] }",
            })
    void acceptsAnEncryptedNameOfTheColumnThatHasTheValuesEncrypted(String name, String protection, String other) {
        assertThat(LittleProduct.ofProperties(column("logicalType: string, " + name, protection), other)
                        .columns())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "encryptedName: d | encrypt | { name: e, logicalType: string }",
                "encryptedName: c | tokenize | { name: d, logicalType: string }",
                "encryptedName: d | pseudonymize | { name: d, logicalType: string, customProperties:"
                        + " [{ property: lakemesh.protection, value: encrypt }] }",
                "encryptedName: d | pseudonymize | { name: d, logicalType: string, customProperties:"
                        + " [{ property: lakemesh.protection, value: tokenize }, { property: lakemesh.source-name, value: c }] }",
            })
    void refusesAnEncryptedNameThatHoldsNothingEncrypted(String name, String protection, String other) {
        assertThatThrownBy(() -> LittleProduct.ofProperties(column("logicalType: string, " + name, protection), other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("c.odcs.yaml:9:")
                .hasMessageContaining("has the values of 'c' encrypted; declare it with lakemesh.protection encrypt and"
                        + " lakemesh.source-name 'c', or leave encryptedName out");
    }

    /** A contract of the standard may have it for other tools: where nothing is protected, it is a remark. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "logicalType: string, encryptedName: d | no column 'd' has the values of 'c' encrypted",
                "logicalType: object, properties: [{ name: mail, logicalType: string, encryptedName: c }]"
                        + " | nothing encrypts a part of a nested column, whatever its encryptedName",
            })
    void warnsOfAnEncryptedNameWhereNothingIsProtected(String column, String warning) {
        assertThat(LittleProduct.ofSchema(LittleProduct.schema("{ name: c, " + column + " }"))
                        .warnings())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.isError()).isFalse();
                    assertThat(problem.message()).startsWith(warning);
                    assertThat(problem.place().line()).isEqualTo(9);
                });
    }

    @Test
    void refusesAServiceLevelThatTellsAnAge() {
        assertThatThrownBy(() -> LittleProduct.ofSchema("slaProperties:\n"
                        + "  - { property: retention, value: 3, unit: y, element: Sales.c }\n"
                        + LittleProduct.schema(column("logicalType: date", "generalize(year)"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("retention would put an age of a value of column 'c' into reports, and the column"
                        + " is protected");
    }

    @Test
    void allowsLayoutsByWhatIsStored() {
        TableContract table = LittleProduct.ofSchema(
                        """
                        schema:
                          - name: Sales
                            customProperties:
                              - { property: lakemesh.partition, value: ["bucket(4, p)", d] }
                              - { property: lakemesh.sort, value: [p] }
                            properties:
                              - { name: p, logicalType: string, customProperties: [{ property: lakemesh.protection, value: tokenize }] }
                              - { name: d, logicalType: date, customProperties: [{ property: lakemesh.protection, value: generalize(year) }] }
                        """)
                .tables()
                .get(0);
        assertThat(table.partition()).hasSize(2);
        assertThat(table.sort()).hasSize(1);
    }
}
