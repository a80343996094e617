package io.lakemesh.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakemesh.descriptor.DataContract.QualityRule;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Json;
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

class DataContractsTest {
    private static final String HEAD =
            "apiVersion: v3.1.0\nkind: DataContract\nid: c1\nversion: 1.0.0\nstatus: active\n";

    private static final String SEARCHES = HEAD
            + """
            name: Searches
            schema:
              - name: search
                description: One stop
                quality:
                  - id: enough
                    metric: rowCount
                    mustBeGreaterThan: 10
                    severity: warning
                    customProperties:
                      - property: lakemesh.on-failure
                        value: warn
                  - {type: sql, name: odd, query: SELECT 1, mustBe: 0, unit: rows, description: d}
                  - {type: custom, engine: soda, implementation: {a: b}}
                customProperties:
                  - {property: lakemesh.partition, value: ["month(day)"]}
                properties:
                  - name: id
                    logicalType: integer
                    physicalType: int
                    classification: public
                    description: The key
                    required: true
                    unique: true
                    primaryKey: true
                    primaryKeyPosition: 1
                    logicalTypeOptions: {minimum: 1}
                  - name: day
                    logicalType: date
                    partitioned: true
                    partitionKeyPosition: 1
                  - name: where
                    logicalType: object
                    properties:
                      - name: town
                  - name: tags
                    logicalType: array
                    items:
                      logicalType: string
            slaProperties:
              - {property: latency, value: 4, unit: d, element: search.day}
              - {property: retention, value: null}
            """;

    @Test
    void readsWhatLakemeshActsOn() {
        DataContract contract = DataContracts.parse("c.yaml", SEARCHES);
        assertThat(contract)
                .returns("v3.1.0", DataContract::apiVersion)
                .returns("c1", DataContract::id)
                .returns("1.0.0", DataContract::version)
                .returns("active", DataContract::status)
                .returns("Searches", DataContract::name)
                .returns(CustomProperties.NONE, DataContract::customProperties);
        SchemaObject object = contract.schema().get(0);
        assertThat(object.name()).isEqualTo("search");
        assertThat(object.description()).isEqualTo("One stop");
        assertThat(object.customProperties().texts("lakemesh.partition")).containsExactly("month(day)");
        assertThat(object.customProperties().placeOf("lakemesh.partition")).hasToString("c.yaml:21:10");
        assertThat(object.properties()).map(SchemaProperty::name).containsExactly("id", "day", "where", "tags");
    }

    @Test
    void readsProperties() {
        List<SchemaProperty> properties =
                DataContracts.parse("c", SEARCHES).schema().get(0).properties();
        assertThat(properties.get(0))
                .returns("integer", SchemaProperty::logicalType)
                .returns("int", SchemaProperty::physicalType)
                .returns("public", SchemaProperty::classification)
                .returns("The key", SchemaProperty::description)
                .returns(true, SchemaProperty::required)
                .returns(true, SchemaProperty::unique)
                .returns(true, SchemaProperty::primaryKey)
                .returns(1, SchemaProperty::primaryKeyPosition)
                .returns(false, SchemaProperty::partitioned)
                .returns(-1, SchemaProperty::partitionKeyPosition)
                .returns(Node.mapping().put("minimum", 1).build(), SchemaProperty::logicalTypeOptions);
        assertThat(properties.get(1))
                .returns(true, SchemaProperty::partitioned)
                .returns(1, SchemaProperty::partitionKeyPosition)
                .returns(false, SchemaProperty::required)
                .returns(Node.mapping().build(), SchemaProperty::logicalTypeOptions);
        assertThat(properties.get(2).properties()).map(SchemaProperty::name).containsExactly("town");
        assertThat(properties.get(3).items())
                .isNotNull()
                .returns(null, SchemaProperty::name)
                .returns("string", SchemaProperty::logicalType);
    }

    @Test
    void readsRulesAndServiceLevels() {
        DataContract contract = DataContracts.parse("c", SEARCHES);
        List<QualityRule> rules = contract.schema().get(0).quality();
        assertThat(rules).map(QualityRule::type).containsExactly("library", "sql", "custom");
        assertThat(rules.get(0))
                .returns("enough", QualityRule::id)
                .returns("rowCount", QualityRule::metric)
                .returns("warning", QualityRule::severity);
        assertThat(rules.get(0).customProperties().text("lakemesh.on-failure")).contains("warn");
        assertThat(rules.get(1))
                .returns("odd", QualityRule::name)
                .returns("SELECT 1", QualityRule::query)
                .returns("rows", QualityRule::unit)
                .returns("d", QualityRule::description);
        assertThat(rules.get(2).engine()).isEqualTo("soda");
        assertThat(contract.slaProperties().get(0))
                .returns("latency", DataContract.SlaProperty::property)
                .returns(Node.of(4), DataContract.SlaProperty::value)
                .returns("d", DataContract.SlaProperty::unit)
                .returns("search.day", DataContract.SlaProperty::element);
        assertThat(contract.slaProperties().get(1).value().value()).isNull();
    }

    @Test
    void keepsPositionsWithinWhatJavaCounts() {
        String text = HEAD
                + "schema: [{name: o, properties: [{name: p, primaryKeyPosition: 1e30, partitionKeyPosition: -7}]}]";
        SchemaProperty property =
                DataContracts.parse("c", text).schema().get(0).properties().get(0);
        assertThat(property.primaryKeyPosition()).isEqualTo(Integer.MAX_VALUE);
        assertThat(property.partitionKeyPosition()).isEqualTo(-1);
    }

    @Test
    void reportsEveryProblemWithPlaceExpectationAndNearMatch() {
        assertRefused(
                """
                apiVersion: v4.0.0
                kind: DataContract
                id: 7
                version: 1.0
                tenent: x
                schema:
                  - name: o
                    properties:
                      - nam: p
                        logicalType: intger
                      - name: q
                        logicalType: string
                        required: yes
                        logicalTypeOptions: {minLenght: 1, maxLength: 1.5}
                      - name: r
                        logicalTypeOptions: {minLength: 1}
                      - just text
                    quality:
                      - {metric: rowCount}
                      - {metric: rowCount, mustBe: 1, mustNotBe: 2}
                      - {metric: rowCount, mustBeBetween: [1]}
                      - {metric: rowCount, mustBeBetween: [1, 1.0]}
                    relationships:
                      - {from: a.b, to: [c.d]}
                      - {from: a b, to: c.d}
                servers:
                  - {server: s, type: postgre}
                slaProperties: {}
                """,
                "c:1:1: the data contract lacks the key 'status', expected text",
                "c:1:13: 'apiVersion' is 'v4.0.0', expected one of v3.1.0, v3.0.2, v3.0.1, v3.0.0, v2.2.2, v2.2.1, v2.2.0",
                "c:3:5: 'id' is a number, expected text (put it in quotes)",
                "c:4:10: 'version' is a number, expected text (put it in quotes)",
                "c:5:1: unknown key 'tenent' in the data contract; did you mean 'tenant'?",
                "c:9:9: a schema property lacks the key 'name', expected text",
                "c:9:9: unknown key 'nam' in a schema property; did you mean 'name'?",
                "c:10:22: 'logicalType' is 'intger', expected one of string, date, timestamp, time, number, integer, object,"
                        + " array, boolean; did you mean 'integer'?",
                "c:13:19: 'required' is text, expected true or false",
                "c:14:30: unknown key 'minLenght' in the options of text; did you mean 'minLength'?",
                "c:14:55: 'maxLength' is '1.5', expected a whole number from 0",
                "c:16:30: unknown key 'minLength' in the options of a property without logicalType, expected none",
                "c:17:9: an element of 'properties' is text, expected a mapping",
                "c:19:9: a quality rule lacks its operator, expected one of mustBe, mustNotBe, mustBeGreaterThan,"
                        + " mustBeGreaterOrEqualTo, mustBeLessThan, mustBeLessOrEqualTo, mustBeBetween, mustNotBeBetween",
                "c:20:39: a quality rule has 2 operators (mustBe, mustNotBe), expected one",
                "c:21:43: 'mustBeBetween' has 1 elements, expected 2",
                "c:22:43: 'mustBeBetween' holds the same value twice, expected different ones",
                "c:24:21: 'from' and 'to' are a list and a single reference, expected both lists or both single",
                "c:25:16: 'from' is 'a b', expected text: a reference such as object.property or"
                        + " schema/object/properties/property",
                "c:27:23: 'type' is 'postgre', expected one of api, athena, azure, bigquery, clickhouse, databricks, denodo,"
                        + " dremio, duckdb, glue, cloudsql, db2, hive, impala, informix, kafka, ...; did you mean 'postgres'?",
                "c:28:16: 'slaProperties' is a mapping, expected a list");
    }

    @Test
    void refusesWhatIsNoMapping() {
        assertRefused("[1]", "c:1:1: the data contract is a list, expected a mapping");
        assertRefused("text", "c:1:1: the data contract is text, expected a mapping");
        assertRefused("~", "c:1:1: the data contract is null, expected a mapping");
    }

    @Test
    void warnsOfUnknownKeysOfNewerMinorVersionsAndKeepsThem() {
        String text = HEAD.replace("v3.1.0", "v3.2.0") + "novelty: {a: 1}\nschema: [{name: o, other: 2}]\n";
        Problems problems = new Problems();
        DataContract contract =
                DataContracts.of(Documents.parse("c", text), problems).orElseThrow();
        assertThat(problems.all())
                .map(Problem::toString)
                .containsExactly(
                        "c:1:13: warning: 'apiVersion' is 'v3.2.0', newer than ODCS 3.1.0: read as that",
                        "c:6:1: warning: unknown key 'novelty' in the data contract, kept because the file is newer than ODCS 3.1.0",
                        "c:7:20: warning: unknown key 'other' in a schema object, kept because the file is newer than ODCS 3.1.0");
        assertThat(Documents.parse("c", Documents.writeYaml(contract.document())))
                .isEqualTo(Documents.parse("c", text));
    }

    @Test
    void stillRefusesErrorsInNewerMinorVersions() {
        assertRefused(
                HEAD.replace("v3.1.0", "v3.1.1").replace("id: c1\n", "") + "name: 1",
                "c:1:1: the data contract lacks the key 'id', expected text",
                "c:1:13: warning: 'apiVersion' is 'v3.1.1', newer than ODCS 3.1.0: read as that",
                "c:5:7: 'name' is a number, expected text (put it in quotes)");
    }

    @Test
    void showsNoControlCharacters() {
        assertRefused(
                HEAD + "\"\\e[2Jx\\nfake: line\": 1\nkind2: \"\\e\"",
                "c:6:1: unknown key '\\u001b[2Jx\\u000afake: line' in the data contract, expected one of customProperties,"
                        + " authoritativeDefinitions, apiVersion, kind, id, version, status, name, tenant, dataProduct, domain,"
                        + " slaDefaultElement, contractCreatedTs, tags, servers, description, ...",
                "c:7:1: unknown key 'kind2' in the data contract; did you mean 'kind'?");
    }

    @Test
    void readsFilesByTheirPath(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("c.odcs.yaml"), SEARCHES);
        assertThat(DataContracts.read(file)).isEqualTo(DataContracts.parse("c", SEARCHES));
        assertThat(DataContracts.read(file).document().place().file()).isEqualTo(file.toString());
    }

    @Test
    void writesBackTheOfficialExamplesAndAcceptedMutationsWithoutLoss() {
        long seed = System.nanoTime();
        List<Node> examples = OfficialExamples.ODCS.documents();
        Mutator mutator = new Mutator(new Random(seed), examples, OdcsStandard.STANDARD.root());
        int accepted = 0;
        for (int i = 0; i < 2_000; i++) {
            Node example = examples.get(i % examples.size());
            Node document = i < examples.size() ? example : mutator.mutate(example, new StringBuilder());
            DataContract contract = DataContracts.of(document, new Problems()).orElse(null);
            if (contract != null) {
                accepted++;
                DataContract yaml = DataContracts.parse("t", Documents.writeYaml(contract.document()));
                DataContract json = DataContracts.parse("t", Json.write(contract.document()));
                assertThat(yaml).as("seed %d", seed).isEqualTo(contract).isEqualTo(json);
            }
        }
        assertThat(accepted).as("seed %d", seed).isGreaterThan(200);
    }

    private static void assertRefused(String text, String... problems) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> DataContracts.parse("c", text))
                .satisfies(refusal ->
                        assertThat(refusal.problems()).map(Problem::toString).containsExactly(problems));
    }
}
