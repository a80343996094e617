package io.lakemesh.provenance;

import io.lakemesh.batch.QueryEvidence;
import io.lakemesh.batch.QueryEvidence.TableRead;
import io.lakemesh.document.Node;

/** Queries in manifests and run records. */
final class QueryNodes {
    private QueryNodes() {}

    static Node write(QueryEvidence query) {
        return Node.mapping()
                .put("text", query.text())
                .put("tables", query.tables().stream().map(QueryNodes::write).toList())
                .build();
    }

    private static Node write(TableRead read) {
        return Node.mapping()
                .put("table", read.table())
                .put("snapshot-id", read.snapshotId())
                .build();
    }

    static QueryEvidence read(Node.Mapping node) {
        return new QueryEvidence(
                Documented.text(node, "text"),
                node.list("tables").stream()
                        .map(Documented::mapping)
                        .map(table ->
                                new TableRead(Documented.text(table, "table"), Documented.number(table, "snapshot-id")))
                        .toList());
    }
}
