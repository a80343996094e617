package io.lakemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContracts;
import io.lakemesh.descriptor.DataProducts;
import io.lakemesh.descriptor.ProductDescriptor;
import io.lakemesh.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard's own examples as contracts of a little product; runs where they lie beside the repository. */
class OfficialExamplesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"all-data-types", "all-schema-types", "column-accuracy", "column-completeness", "column-validity"
            })
    void compiles(String example) {
        assertThat(compile(example).tables()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "full-example | the element 'tab1.txn_ref_dt' is no column and no object of the contract",
                "database-table-sla | has no schema: it describes no table",
            })
    void refusesWithASoundReason(String example, String reason) {
        assertThatThrownBy(() -> compile(example))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
    }

    private static ProductContract compile(String example) {
        Optional<Path> folder = examples();
        assumeTrue(folder.isPresent(), "the standards are not here");
        DataContract contract = DataContracts.read(folder.orElseThrow().resolve(example + ".odcs.yaml"));
        String product = LittleProduct.PRODUCT
                .replace("contractId: sales", "contractId: " + contract.id())
                .replace("version: 1.0.0\n    contractId", "version: " + contract.version() + "\n    contractId");
        return ProductContracts.compile(
                new ProductDescriptor(DataProducts.parse("p.odps.yaml", product), List.of(contract), List.of()));
    }

    private static Optional<Path> examples() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("shared/standards/odcs/examples"))
                .filter(Files::isDirectory)
                .findFirst();
    }
}
