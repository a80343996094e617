package io.lakemesh.run;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.BatchReader;
import io.lakemesh.contract.ContractChange;
import io.lakemesh.contract.ContractChange.Level;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.Problem;
import io.lakemesh.policy.MeshPolicy;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.TableVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What publishing with a contract would change, and what holds then. Nothing was touched to make it.
 *
 * @param contract what would be in force: tables, columns, rules
 * @param release the last release; null if there is none
 * @param created the tables that would be new in the catalog
 * @param changes every difference from the contract in force
 * @param undeclared columns that look personal in the last release, and are not declared so
 * @param refusals why publishing would be refused, a line each; empty if it would not
 */
public record Plan(
        ProductContract contract,
        @Nullable Long release,
        List<TableContract> created,
        List<ContractChange> changes,
        List<Problem> undeclared,
        List<String> refusals) {
    /** Rows of a table that are looked at. */
    private static final int MOST_ROWS = 1_000_000;

    public Plan {
        created = List.copyOf(created);
        changes = List.copyOf(changes);
        undeclared = List.copyOf(undeclared);
        refusals = List.copyOf(refusals);
    }

    /** Compares a contract with what is published. */
    public static Plan of(ProductContract contract, Lakehouse lakehouse, MeshPolicy policy) {
        Releases releases = new Releases(contract.address(), lakehouse.blobs());
        Base base = Base.of(contract, lakehouse, releases);
        ContractGate gate = ContractGate.of(contract, base, releases.objects());
        return new Plan(
                contract,
                base.lastManifest().map(manifest -> manifest.release()).orElse(null),
                contract.tables().stream()
                        .filter(table -> base.table(table).isEmpty())
                        .toList(),
                gate.changes(),
                undeclared(contract, base, lakehouse, policy),
                gate.refusals());
    }

    private static List<Problem> undeclared(
            ProductContract contract, Base base, Lakehouse lakehouse, MeshPolicy policy) {
        List<Problem> problems = new ArrayList<>();
        for (TableContract table : contract.tables()) {
            UndeclaredColumns columns = new UndeclaredColumns(contract, table, policy);
            base.table(table).ifPresent(version -> look(columns, version, lakehouse));
            problems.addAll(columns.problems());
        }
        return problems;
    }

    private static void look(UndeclaredColumns columns, TableVersion version, Lakehouse lakehouse) {
        List<String> names = columns.names().stream()
                .filter(version.schema().positions()::containsKey)
                .toList();
        if (names.isEmpty()) {
            return;
        }
        int[] all = IntStream.range(0, Batch.CAPACITY).toArray();
        try (BatchReader reader = lakehouse.read(version, Scan.columns(names))) {
            Batch batch = reader.next();
            for (int rows = 0; batch != null && rows < MOST_ROWS; rows += batch.size(), batch = reader.next()) {
                columns.add(batch, all, batch.size());
            }
        }
    }

    public boolean isEmpty() {
        return created.isEmpty() && changes.isEmpty() && refusals.isEmpty();
    }

    public boolean isBreaking() {
        return !refusals.isEmpty() || changes.stream().anyMatch(change -> change.level() == Level.BREAKING);
    }
}
