package io.lakemesh.run;

import io.lakemesh.contract.ContractChange;
import io.lakemesh.contract.ContractChange.Level;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.provenance.Releases;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What publishing with a contract would change, and what holds then. Nothing was touched to make it.
 *
 * @param contract what would be in force: tables, columns, rules
 * @param release the last release; null if there is none
 * @param created the tables that would be new in the catalog
 * @param changes every difference from the contract in force
 * @param refusals why publishing would be refused, a line each; empty if it would not
 */
public record Plan(
        ProductContract contract,
        @Nullable Long release,
        List<TableContract> created,
        List<ContractChange> changes,
        List<String> refusals) {
    public Plan {
        created = List.copyOf(created);
        changes = List.copyOf(changes);
        refusals = List.copyOf(refusals);
    }

    /** Compares a contract with what is published. */
    public static Plan of(ProductContract contract, Lakehouse lakehouse) {
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
                gate.refusals());
    }

    public boolean isEmpty() {
        return created.isEmpty() && changes.isEmpty() && refusals.isEmpty();
    }

    public boolean isBreaking() {
        return !refusals.isEmpty() || changes.stream().anyMatch(change -> change.level() == Level.BREAKING);
    }
}
