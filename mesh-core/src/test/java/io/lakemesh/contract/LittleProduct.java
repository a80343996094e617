package io.lakemesh.contract;

import io.lakemesh.descriptor.DataContracts;
import io.lakemesh.descriptor.DataProducts;
import io.lakemesh.descriptor.ProductDescriptor;
import java.util.List;

/** A product of one contract, from pieces of YAML. */
public final class LittleProduct {
    public static final String PRODUCT =
            """
            apiVersion: v1.0.0
            kind: DataProduct
            id: shop
            name: Shop Sales
            domain: retail
            status: active
            outputPorts:
              - name: sales
                version: 1.0.0
                contractId: sales
            """;

    public static final String HEAD =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: sales
            version: 1.0.0
            status: active
            """;

    private LittleProduct() {}

    public static ProductContract compile(String product, String... contracts) {
        return ProductContracts.compile(new ProductDescriptor(
                DataProducts.parse("p.odps.yaml", product),
                List.of(contracts).stream()
                        .map(text -> DataContracts.parse("c.odcs.yaml", text))
                        .toList(),
                List.of()));
    }

    /** The tables of a contract that starts with the schema. */
    public static ProductContract ofSchema(String schema) {
        return compile(PRODUCT, HEAD + schema);
    }

    /** The only table of an object with these properties; each line is one in YAML's flow style. */
    static TableContract ofProperties(String... properties) {
        return ofSchema(schema(properties)).tables().get(0);
    }

    static String schema(String... properties) {
        return "schema:\n  - name: Sales\n    properties:\n"
                + String.join(
                        "",
                        List.of(properties).stream()
                                .map(line -> "      - " + line + "\n")
                                .toList());
    }
}
