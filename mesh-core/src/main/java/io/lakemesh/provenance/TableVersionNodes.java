package io.lakemesh.provenance;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import java.util.List;
import java.util.Locale;

/** Table versions and their files as documents. */
final class TableVersionNodes {
    private TableVersionNodes() {}

    static Node write(TableVersion version) {
        return Node.mapping()
                .put("object", version.object())
                .put("namespace", version.table().namespace())
                .put("table", version.table().name())
                .put("uuid", version.uuid())
                .put("snapshot-id", version.snapshotId())
                .put("contract-id", version.contractId())
                .put("contract-version", version.contractVersion())
                .put("schema", SchemaNodes.write(version.schema()))
                .put("rows", version.rows())
                .put("added-rows", version.addedRows())
                .put(
                        "files",
                        version.files().stream().map(TableVersionNodes::write).toList())
                .build();
    }

    static Node write(FileEvidence file) {
        return Node.mapping()
                .put("kind", file.kind().toString())
                .put("location", file.location())
                .put("bytes", file.bytes())
                .put("sha256", file.sha256())
                .build();
    }

    static List<TableVersion> list(Node.Mapping parent, String key) {
        return parent.list(key).stream().map(TableVersionNodes::read).toList();
    }

    private static TableVersion read(Node node) {
        Node.Mapping version = Documented.mapping(node);
        return new TableVersion(
                Documented.text(version, "object"),
                new TableName(Documented.text(version, "namespace"), Documented.text(version, "table")),
                Documented.text(version, "uuid"),
                Documented.number(version, "snapshot-id"),
                Documented.text(version, "contract-id"),
                Documented.text(version, "contract-version"),
                SchemaNodes.read(Documented.mapping(version, "schema")),
                Documented.number(version, "rows"),
                Documented.number(version, "added-rows"),
                version.list("files").stream().map(TableVersionNodes::file).toList());
    }

    static FileEvidence file(Node node) {
        Node.Mapping file = Documented.mapping(node);
        return new FileEvidence(
                kind(Documented.text(file, "kind")),
                Documented.text(file, "location"),
                Documented.number(file, "bytes"),
                Documented.text(file, "sha256"));
    }

    private static FileEvidence.Kind kind(String text) {
        try {
            return FileEvidence.Kind.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IntegrityException("Invalid document: unknown kind of file " + text, e);
        }
    }
}
