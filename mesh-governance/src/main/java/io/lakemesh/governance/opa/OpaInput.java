package io.lakemesh.governance.opa;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.document.Node;
import io.lakemesh.policy.Subject;
import java.util.List;

/** Questions as Trino's OPA plugin puts them: who, and what is to be done with what. */
final class OpaInput {
    private OpaInput() {}

    static Node about(Subject subject, String operation, Node resource) {
        return of(
                subject,
                Node.mapping()
                        .put("operation", operation)
                        .put("resource", resource)
                        .build());
    }

    static Node aboutEach(Subject subject, String operation, List<Node> resources) {
        return of(
                subject,
                Node.mapping()
                        .put("operation", operation)
                        .put("filterResources", resources)
                        .build());
    }

    private static Node of(Subject subject, Node action) {
        Node identity = Node.mapping()
                .put("user", subject.user())
                .put("groups", subject.groups())
                .build();
        return Node.mapping()
                .put("context", Node.mapping().put("identity", identity).build())
                .put("action", action)
                .build();
    }

    static Node table(TableName table) {
        Node name = Node.mapping()
                .put("schemaName", table.namespace())
                .put("tableName", table.name())
                .build();
        return Node.mapping().put("table", name).build();
    }
}
