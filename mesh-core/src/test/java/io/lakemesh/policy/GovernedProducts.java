package io.lakemesh.policy;

import io.lakemesh.contract.LittleProduct;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A mesh policy, and products of one contract under it. */
final class GovernedProducts {
    private static final String MESH =
            """
            apiVersion: v1.0.0
            kind: MeshPolicy
            version: 1.0.0
            purposes: [{ name: statistics }, { name: research }]
            roles: [{ name: analyst, groups: [analysts, scientists] }]
            classifications:
              - name: public
              - name: restricted
                mask: [month, round(-1), null]
                exceptions: [{ role: steward, mask: clear }, { role: partner, mask: [month, last(4)] }]
              - name: secret
                mask: null
            rowFilters:
              - { id: own, where: "region = subject.region", products: ["retail/*"], except: [steward] }
            regulations:
              - { name: GDPR, classifications: [secret], requires: [purpose, retention] }
            """;

    static final String COLUMNS =
            """
            schema:
              - name: Sales
                properties:
                  - { name: region, logicalType: string, classification: public }
                  - { name: amount, logicalType: integer, classification: restricted }
                  - { name: note, logicalType: string, classification: restricted }
            """;

    private GovernedProducts() {}

    static MeshPolicy mesh(Path folder) throws IOException {
        return mesh(folder, "", "");
    }

    /** With something else in the place of a text. */
    static MeshPolicy mesh(Path folder, String known, String other) throws IOException {
        Files.writeString(folder.resolve("mesh-policy.yaml"), MESH.replace(known, known.isEmpty() ? known : other));
        return MeshPolicy.read(folder);
    }

    static ProductContract product(String columns, String... roles) {
        return LittleProduct.ofSchema(columns + "roles:\n"
                + List.of(roles).stream().map(role -> "  - " + role + "\n").collect(Collectors.joining()));
    }

    static String role(String name, String... properties) {
        return "{ role: " + name + ", customProperties: ["
                + List.of(properties).stream()
                        .map(property -> "{ property: lakemesh." + property.replaceFirst(": ", ", value: ") + " }")
                        .collect(Collectors.joining(", "))
                + "] }";
    }

    /** The messages of what is wrong, with the policy file called {@code *}. */
    static List<String> problems(ProductContract product, MeshPolicy mesh) {
        try {
            Policies.require(product, mesh);
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems().stream()
                    .map(problem -> problem.message().replaceFirst("\\(/.*yaml", "(*"))
                    .toList();
        }
    }

    /** The first table's decision over stored columns, in short. */
    static String decision(ProductContract product, MeshPolicy mesh, Subject subject) {
        TableContract table = product.tables().get(0);
        Decision decision =
                Policies.of(product, table, stored(table.schema()), mesh).decide(subject);
        if (decision instanceof Decision.Denied denied) {
            return "denied: " + denied.reason();
        }
        Decision.Granted granted = (Decision.Granted) decision;
        return granted.role() + granted.rows().stream().map(Predicate::toString).toList() + ": "
                + granted.schema().fields().stream()
                        .map(field -> granted.mask(field.id()).toString())
                        .collect(Collectors.joining(" "));
    }

    private static TableSchema stored(TableSchema schema) {
        List<Field> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            fields.add(new Field(fields.size() + 1, field.name(), field.type(), field.required(), field.doc()));
        }
        return new TableSchema(fields, schema.key());
    }
}
