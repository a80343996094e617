package io.lakemesh.run;

import io.lakemesh.contract.ContractChange;
import io.lakemesh.contract.ContractChange.Level;
import io.lakemesh.contract.ContractComparison;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.ProductContracts;
import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableNames;
import io.lakemesh.contract.VersionRules;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.provenance.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps a contract from changing under its readers: compares what would be published with what is in force.
 *
 * @param changes every difference
 * @param refusals why the contract may not follow the one in force, a line each; empty if it may
 */
record ContractGate(List<ContractChange> changes, List<String> refusals) {
    /** Compares a product's contracts with those of its last release. */
    static ContractGate of(ProductContract contract, Base base, ObjectStore objects) {
        Comparison comparison = new Comparison();
        base.lastManifest()
                .map(manifest -> ProductContracts.compile(Descriptors.load(manifest, objects)))
                .ifPresent(before -> comparison.compare(before, contract));
        return new ContractGate(comparison.changes, comparison.refusals);
    }

    /**
     * Requires that the contract may follow the one in force.
     *
     * @throws InvalidInputException with every change that may not be, if content changed under an unchanged version, or in a
     *     breaking way without a new major version
     */
    static void require(ProductContract contract, Base base, ObjectStore objects) {
        ContractGate gate = of(contract, base, objects);
        if (!gate.refusals.isEmpty()) {
            throw new InvalidInputException("Cannot publish " + contract.address() + ":\n"
                    + gate.refusals.stream().map(line -> "  " + line).collect(Collectors.joining("\n")));
        }
    }

    private static final class Comparison {
        private final List<ContractChange> changes = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();

        void compare(ProductContract before, ProductContract after) {
            for (DataContract old : inForce(before)) {
                Optional<DataContract> same = successor(old, inForce(before), inForce(after));
                if (same.isEmpty()) {
                    gone(old, before, after);
                } else if (!same.get().document().equals(old.document())) {
                    changed(tables(before, old), tables(after, same.get()), old, same.get());
                }
            }
            inForce(after).stream()
                    .filter(contract ->
                            inForce(before).stream().noneMatch(old -> old.id().equals(contract.id())))
                    .flatMap(contract -> tables(after, contract).stream())
                    .forEach(table ->
                            changes.add(new ContractChange(Level.ADDITIVE, table.object(), "the table is new")));
        }

        /** The contract of the same id and major; failing that, one of the same id and a major that was not in force before. */
        private static Optional<DataContract> successor(
                DataContract old, List<DataContract> before, List<DataContract> after) {
            List<DataContract> same = after.stream()
                    .filter(contract -> contract.id().equals(old.id()))
                    .toList();
            return same.stream()
                    .filter(contract -> sameMajor(contract, old))
                    .findFirst()
                    .or(() -> same.stream()
                            .filter(contract -> before.stream()
                                    .noneMatch(other -> other.id().equals(contract.id()) && sameMajor(other, contract)))
                            .findFirst());
        }

        private static boolean sameMajor(DataContract one, DataContract other) {
            return TableNames.major(one.version()).equals(TableNames.major(other.version()));
        }

        private void gone(DataContract old, ProductContract before, ProductContract after) {
            tables(before, old)
                    .forEach(table -> changes.add(
                            new ContractChange(Level.BREAKING, table.object(), "no output port offers it any more")));
            VersionRules.refusal(version(before), version(after), Level.BREAKING)
                    .ifPresent(reason -> refusals.add(
                            "contract " + old.id() + " is gone from the output ports; of the product, " + reason));
        }

        private void changed(
                List<TableContract> before, List<TableContract> after, DataContract old, DataContract next) {
            List<ContractChange> found = ContractComparison.compareTables(before, after);
            changes.addAll(found);
            VersionRules.refusal(old.version(), next.version(), ContractComparison.level(found))
                    .ifPresent(reason -> {
                        refusals.add("contract " + next.id() + ": " + reason);
                        found.forEach(change -> refusals.add("  " + change));
                    });
        }

        private static String version(ProductContract contract) {
            String version = contract.descriptor().product().version();
            return version == null ? "none" : version;
        }

        private static List<TableContract> tables(ProductContract product, DataContract contract) {
            return product.tables().stream()
                    .filter(table -> table.contractId().equals(contract.id())
                            && table.contractVersion().equals(contract.version()))
                    .toList();
        }

        /** The contracts that output ports name. */
        private static List<DataContract> inForce(ProductContract product) {
            return product.tables().stream()
                    .map(table -> product.descriptor().contract(table.contractId(), table.contractVersion()))
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
        }
    }
}
