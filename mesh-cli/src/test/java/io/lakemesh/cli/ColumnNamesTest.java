package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import org.junit.jupiter.api.Test;

final class ColumnNamesTest {
    @Test
    void splitsAtCommasOutsideQuotes() {
        assertThat(ColumnNames.split("a,b c")).containsExactly("a", "b c");
        assertThat(ColumnNames.split("\"a,b\",c")).containsExactly("a,b", "c");
        assertThat(ColumnNames.split("c,\"say \"\"a\"\"\"")).containsExactly("c", "say \"a\"");
        assertThat(ColumnNames.split("a,")).containsExactly("a", "");
    }

    @Test
    void refusesQuotesThatDoNotClose() {
        for (String text : new String[] {"\"a", "\"a\"b", "\"a\"\""}) {
            assertThatThrownBy(() -> ColumnNames.split(text))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("Invalid --columns: expected names between commas");
        }
    }
}
