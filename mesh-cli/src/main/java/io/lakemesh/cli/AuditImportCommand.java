package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.cli.report.AuditImportReport;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.governance.opa.OpaDecisionLog;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh audit import}. */
@Command(
        name = "import",
        description = {
            "Takes Trino's reads into the audit, from the decision logs that Open Policy Agent prints with",
            "--set decision_logs.console=true. A decision that is there already is left out, and of files with a line",
            "that is wrong nothing is taken."
        },
        footer = "  mesh audit import /var/log/opa/decisions.jsonl",
        exitCodeList = {"0:every decision is there", "2:a line is wrong"})
final class AuditImportCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "lines of JSON as Open Policy Agent prints them")
    private List<Path> files = List.of();

    AuditImportCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            Map<TableName, Optional<ProductAddress>> products = new HashMap<>();
            Map<Path, List<AuditRecord>> read = new LinkedHashMap<>();
            files.forEach(file -> read.put(
                    file,
                    OpaDecisionLog.read(
                            file, table -> products.computeIfAbsent(table, name -> product(opened, name)))));
            Map<String, AuditImportReport.Taken> taken = new LinkedHashMap<>();
            read.forEach((file, records) -> taken.put(
                    file.toString(),
                    new AuditImportReport.Taken(records.size(), opened.audit().add(records))));
            return mesh.show(new AuditImportReport(taken));
        }
    }

    private static Optional<ProductAddress> product(Mesh opened, TableName table) {
        return opened.lakehouse()
                .owner(table)
                .filter(owner -> owner.indexOf('/') > 0)
                .map(owner -> new ProductAddress(
                        owner.substring(0, owner.indexOf('/')), owner.substring(owner.indexOf('/') + 1)));
    }
}
