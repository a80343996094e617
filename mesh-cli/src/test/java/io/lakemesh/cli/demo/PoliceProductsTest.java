package io.lakemesh.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.descriptor.ProductFolder;
import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PoliceProductsTest {
    @TempDir
    Path folder;

    @Test
    void writesAProductFolderThatNamesTheForceEverywhere() throws IOException {
        PoliceProducts.write(folder, "city-of-london");

        String product = Files.readString(folder.resolve("stop-and-search.odps.yaml"));
        String contract = Files.readString(folder.resolve("contracts/stop-and-search.odcs.yaml"));
        assertThat(product)
                .contains(
                        "domain: city-of-london\n",
                        "City of London Police",
                        "id: \"urn:lakemesh:police:city-of-london:")
                .doesNotContain("<");
        assertThat(contract).contains("City of London Police").doesNotContain("<force");
    }

    @Test
    void theProductIsValidWithoutAWarning() {
        ProductContract contract = ProductContracts.compile(ProductFolder.load(PoliceProducts.write(folder, "essex")));

        assertThat(contract.warnings()).isEmpty();
        assertThat(contract.address()).hasToString("essex/stop-and-search");
        assertThat(contract.tables()).singleElement().satisfies(table -> {
            assertThat(table.table()).hasToString("essex.stop_and_search_searches_v1");
            assertThat(table.columns()).hasSize(15);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Essex", "essex/..", "es\nsex", "essex: x", "-essex", "essex-", "<force>"})
    void refusesNamesThatAreNoForce(String force) {
        assertThatThrownBy(() -> PoliceProducts.write(folder, force))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Invalid force: expected its name on data.police.uk");
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));

        assertThatThrownBy(() -> PoliceProducts.write(file, "essex"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot write " + file.resolve("stop-and-search.odps.yaml"));
    }
}
