package io.lakemesh.provenance;

import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.QueryEvidence;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Manifests for tests. */
final class Manifests {
    static final ProductAddress ADDRESS = new ProductAddress("policing", "stops & searches");

    private Manifests() {}

    static Manifest of(long release, @Nullable String previous, @Nullable String report) {
        return new Manifest(
                ADDRESS,
                "urn:stops",
                release,
                "run-" + release,
                Manifest.Kind.PUBLISH,
                "append",
                Instant.parse("2026-01-31T10:15:30.123456Z").plusSeconds(release),
                "essex \"data\"",
                List.of(table(release)),
                List.of(),
                List.of(
                        new Input("stops", new InputEvidence("a,b \u00e9.csv", "ab12", 12, 3)),
                        new Input("stops", new InputEvidence("trino query 12ab", "cd34", 99, 7, query()))),
                Map.of("product", "00ff"),
                report,
                previous,
                null);
    }

    private static QueryEvidence query() {
        return new QueryEvidence(
                "SELECT \"a\"\nFROM t", List.of(new QueryEvidence.TableRead("lake.retail.t", 680612815751184201L)));
    }

    static TableVersion table(long snapshot) {
        return new TableVersion(
                "stops",
                new TableName("policing", "stops_v1"),
                "uuid-1",
                snapshot,
                "contract-1",
                "1.0.0",
                schema(),
                30,
                3,
                List.of(new FileEvidence(FileEvidence.Kind.MANIFEST_LIST, "s3://b/snap.avro", 99, "aa")));
    }

    private static TableSchema schema() {
        DataType struct = new DataType.Struct(List.of(
                Field.required(7, "lat", DataType.Primitive.DOUBLE),
                Field.optional(8, "price", new DataType.Decimal(9, 2))));
        return new TableSchema(
                List.of(
                        new Field(1, "id", DataType.Primitive.LONG, true, "what it is"),
                        Field.optional(2, "place", struct),
                        Field.optional(
                                3,
                                "tags",
                                new DataType.ListOf(Field.required(9, "element", DataType.Primitive.STRING))),
                        Field.optional(
                                4,
                                "counts",
                                new DataType.MapOf(
                                        Field.required(10, "key", DataType.Primitive.STRING),
                                        Field.optional(11, "value", DataType.Primitive.TIMESTAMPTZ)))),
                List.of("id"));
    }
}
