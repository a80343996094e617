package io.lakemesh.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import io.lakemesh.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our description of the standards gives the verdict of their JSON schemas. */
class StandardsVerdictTest {
    private static final int MUTATIONS = 5_000;
    private static final Logger QUIET = Logger.getLogger("com.networknt");

    /** Everything in which our verdict differs on purpose; any other difference fails. */
    enum Difference {
        NEWER_MINOR_VERSION(
                "a later minor version of the standard is read as the newest known one, with warnings; the schema's list of"
                        + " versions ends with its own"),
        TRAILING_LINE_BREAK(
                "a pattern's '$' means the end of the text, as in the standard's ECMA-262; the validator's regular"
                        + " expressions let a line break follow"),
        NO_JSON_NUMBER("YAML's .nan and .inf are no numbers of JSON, which the schemas speak of");

        private final String explanation;

        Difference(String explanation) {
            this.explanation = explanation;
        }

        Node example() {
            return switch (this) {
                case NEWER_MINOR_VERSION -> ContractCombinations.contract("apiVersion", "v3.2.0");
                case TRAILING_LINE_BREAK -> ContractCombinations.contract("price", Map.of("id", "x\n"));
                case NO_JSON_NUMBER -> ContractCombinations.contract("price", Map.of("priceAmount", Double.NaN));
            };
        }

        boolean explains(Node node) {
            if (node instanceof Node.Scalar scalar) {
                return isSigned(scalar.value());
            }
            return node instanceof Node.Mapping mapping
                    ? mapping.entries().values().stream().anyMatch(this::explains)
                    : ((Node.Sequence) node).elements().stream().anyMatch(this::explains);
        }

        private boolean isSigned(@Nullable Object value) {
            return switch (this) {
                case NEWER_MINOR_VERSION -> "v3.2.0".equals(value) || "v1.1.0".equals(value);
                case TRAILING_LINE_BREAK -> value instanceof String text && text.endsWith("\n");
                case NO_JSON_NUMBER -> value instanceof Double;
            };
        }
    }

    @BeforeAll
    static void silenceTheValidator() {
        QUIET.setLevel(Level.SEVERE);
    }

    @ParameterizedTest
    @EnumSource
    void agreesOnEveryOfficialExample(OfficialExamples examples) throws IOException {
        Verdicts verdicts = new Verdicts(examples);
        for (Path file : examples.files()) {
            JsonNode json = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
            Node document = Documents.read(file);
            assertThat(verdicts.ours(document)).as("%s", file).isEqualTo(verdicts.schemas(json));
            assertThat(JsonTrees.of(document)).as("%s", file).hasToString(json.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesOnMutationsOfTheOfficialExamples(OfficialExamples examples) throws IOException {
        long seed = Long.getLong("lakemesh.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Node> documents = examples.documents();
        Mutator mutator = new Mutator(random, documents, examples.standard().root());
        Verdicts verdicts = new Verdicts(examples);
        for (int i = 0; i < MUTATIONS; i++) {
            StringBuilder what = new StringBuilder();
            Node mutated = documents.get(random.nextInt(documents.size()));
            for (int change = random.nextInt(3); change >= 0; change--) {
                mutated = mutator.mutate(mutated, what.append("; "));
            }
            verdicts.compare(mutated, what.toString());
        }
        System.out.println("Mutations of " + examples + ", seed " + seed + ": " + verdicts.summary());
        assertThat(verdicts.unexplained()).as("seed %d", seed).isEmpty();
        assertThat(verdicts.accepted()).as("seed %d", seed).isBetween(MUTATIONS / 10, MUTATIONS * 9 / 10);
    }

    @Test
    void agreesOnEveryKeyOfEveryServer() throws IOException {
        Verdicts verdicts = new Verdicts(OfficialExamples.ODCS);
        ContractCombinations.servers().forEach(document -> verdicts.compare(document, document.toString()));
        System.out.println("Servers: " + verdicts.summary());
        assertThat(verdicts.unexplained()).isEmpty();
    }

    @Test
    void agreesOnEveryOptionOfEveryLogicalType() throws IOException {
        Verdicts verdicts = new Verdicts(OfficialExamples.ODCS);
        ContractCombinations.properties().forEach(document -> verdicts.compare(document, document.toString()));
        System.out.println("Properties: " + verdicts.summary());
        assertThat(verdicts.unexplained()).isEmpty();
    }

    @Test
    void agreesOnEveryCombinationOfOperators() throws IOException {
        Verdicts verdicts = new Verdicts(OfficialExamples.ODCS);
        ContractCombinations.rules().forEach(document -> verdicts.compare(document, document.toString()));
        System.out.println("Rules: " + verdicts.summary());
        assertThat(verdicts.unexplained()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void differsWhereTheTableSaysSo(Difference difference) throws IOException {
        Verdicts verdicts = new Verdicts(OfficialExamples.ODCS);
        Node document = difference.example();
        assertThat(verdicts.ours(document))
                .as(difference.explanation)
                .isNotEqualTo(verdicts.schemas(JsonTrees.of(document)));
    }

    /** Both verdicts, and where they differ. */
    private static final class Verdicts {
        private final Standard standard;
        private final JsonSchema schema;
        private final List<String> unexplained = new ArrayList<>();
        private final Map<Difference, Integer> explained = new EnumMap<>(Difference.class);
        private int compared;
        private int accepted;

        Verdicts(OfficialExamples examples) throws IOException {
            standard = examples.standard();
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
                    .getSchema(Files.readString(examples.schema()));
        }

        boolean ours(Node document) {
            return standard.check(document).stream().noneMatch(Problem::isError);
        }

        boolean schemas(JsonNode document) {
            return schema.validate(document).isEmpty();
        }

        void compare(Node document, String what) {
            boolean accepts = schemas(JsonTrees.of(document));
            compared++;
            accepted += accepts ? 1 : 0;
            if (accepts != ours(document)) {
                Stream.of(Difference.values())
                        .filter(difference -> difference.explains(document))
                        .findFirst()
                        .ifPresentOrElse(
                                difference -> explained.merge(difference, 1, Integer::sum),
                                () -> unexplained.add(what + "\n   schema: " + schema.validate(JsonTrees.of(document))
                                        + "\n   ours: " + standard.check(document)));
            }
        }

        List<String> unexplained() {
            return unexplained;
        }

        int accepted() {
            return accepted;
        }

        String summary() {
            return compared + " compared, " + accepted + " accepted by the schema, " + explained + " explained, "
                    + unexplained.size() + " unexplained differences";
        }
    }
}
