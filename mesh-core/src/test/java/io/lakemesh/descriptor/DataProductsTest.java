package io.lakemesh.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakemesh.descriptor.DataProduct.InputPort;
import io.lakemesh.descriptor.DataProduct.OutputPort;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Problem;
import io.lakemesh.error.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataProductsTest {
    private static final String PRODUCT =
            """
            apiVersion: v1.0.0
            kind: DataProduct
            id: p1
            status: active
            name: stop-search
            domain: police
            version: 1.0.0
            description: {purpose: Scrutiny}
            customProperties:
              - {property: lakemesh.max-quarantined, value: 0.1}
            inputPorts:
              - {name: raw, version: 2.0.0, contractId: in}
            outputPorts:
              - {name: searches, version: 1.0.0, contractId: out, description: All}
              - {name: later, version: 1.0.0}
            """;

    @Test
    void readsWhatLakemeshActsOn() {
        DataProduct product = DataProducts.parse("p", PRODUCT);
        assertThat(product)
                .returns("v1.0.0", DataProduct::apiVersion)
                .returns("p1", DataProduct::id)
                .returns("active", DataProduct::status)
                .returns("stop-search", DataProduct::name)
                .returns("police", DataProduct::domain)
                .returns("1.0.0", DataProduct::version)
                .returns("Scrutiny", DataProduct::purpose);
        assertThat(product.customProperties().text("lakemesh.max-quarantined")).contains("0.1");
        assertThat(product.inputPorts()).map(InputPort::contractId).containsExactly("in");
        assertThat(product.outputPorts()).map(OutputPort::contractId).containsExactly("out", null);
        assertThat(product.outputPorts().get(0).description()).isEqualTo("All");
    }

    @Test
    void reportsEveryProblemWithPlaceExpectationAndNearMatch() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> DataProducts.parse(
                        "p", PRODUCT.replace("id: p1", "idd: p1").replace("version: 2.0.0", "version: 2.0")))
                .withMessage(
                        """
                        p:1:1: the data product lacks the key 'id', expected text
                        p:3:1: unknown key 'idd' in the data product; did you mean 'id'?
                        p:12:26: 'version' is a number, expected text (put it in quotes)""");
    }

    @Test
    void warnsOfNewerMinorVersionsAndRefusesNewerMajorOnes() {
        Problems problems = new Problems();
        Node document = Documents.parse("p", PRODUCT.replace("v1.0.0", "v1.1.0") + "policies: []\n");
        assertThat(DataProducts.of(document, problems)).isPresent();
        assertThat(problems.all())
                .map(Problem::toString)
                .containsExactly(
                        "p:1:13: warning: 'apiVersion' is 'v1.1.0', newer than ODPS 1.0.0: read as that",
                        "p:16:1: warning: unknown key 'policies' in the data product, kept because the file is newer than ODPS 1.0.0");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> DataProducts.parse("p", PRODUCT.replace("v1.0.0", "v2.0.0")))
                .withMessage("p:1:13: 'apiVersion' is 'v2.0.0', expected one of v1.0.0, v0.9.0");
    }

    @Test
    void readsFilesByTheirPath(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("p.odps.yaml"), PRODUCT);
        assertThat(DataProducts.read(file)).isEqualTo(DataProducts.parse("p", PRODUCT));
    }

    @Test
    void writesBackTheOfficialExamplesAndAcceptedMutationsWithoutLoss() {
        long seed = System.nanoTime();
        List<Node> examples = OfficialExamples.ODPS.documents();
        Mutator mutator = new Mutator(new Random(seed), examples, OdpsStandard.STANDARD.root());
        int accepted = 0;
        for (int i = 0; i < 2_000; i++) {
            Node example = examples.get(i % examples.size());
            Node document = i < examples.size() ? example : mutator.mutate(example, new StringBuilder());
            DataProduct product = DataProducts.of(document, new Problems()).orElse(null);
            if (product != null) {
                accepted++;
                assertThat(DataProducts.parse("t", Documents.writeYaml(product.document())))
                        .as("seed %d", seed)
                        .isEqualTo(product);
            }
        }
        assertThat(accepted).as("seed %d", seed).isGreaterThan(200);
    }
}
