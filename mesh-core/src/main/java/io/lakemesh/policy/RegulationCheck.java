package io.lakemesh.policy;

import io.lakemesh.contract.OwnProperty;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.TableContract;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.document.Shown;
import io.lakemesh.error.Problems;
import io.lakemesh.policy.MeshPolicy.Regulation;
import java.util.List;
import java.util.stream.Stream;

/** Whether a contract says what the regulations ask of columns like its own. */
final class RegulationCheck {
    private final DataContract contract;
    private final List<TableContract> tables;
    private final MeshPolicy mesh;
    private final Problems problems;

    /** Checks one contract, of which these are the tables. */
    RegulationCheck(DataContract contract, List<TableContract> tables, MeshPolicy mesh, Problems problems) {
        this.contract = contract;
        this.tables = tables;
        this.mesh = mesh;
        this.problems = problems;
    }

    void check() {
        mesh.regulations().stream().filter(this::concerns).forEach(this::check);
    }

    private boolean concerns(Regulation regulation) {
        return columns(regulation).findAny().isPresent();
    }

    private Stream<SchemaProperty> columns(Regulation regulation) {
        return contract.schema().stream()
                .flatMap(object -> object.properties().stream())
                .filter(column -> column.withParts()
                        .anyMatch(part -> part.classification() != null
                                && regulation.classifications().contains(part.classification())));
    }

    private void check(Regulation regulation) {
        if (regulation.requires().contains("retention") && !hasRetention()) {
            problems.error(
                    contract.document().placeOf("slaProperties"),
                    regulation.name() + " asks for a service level 'retention', and there is none");
        }
        if (regulation.requires().contains("purpose")) {
            contract.roles().stream()
                    .filter(role -> role.customProperties()
                            .get(OwnProperty.PURPOSE.key())
                            .isEmpty())
                    .forEach(role -> problems.error(
                            role.node().placeOf("role"),
                            regulation.name() + " asks every role for its purposes: give it "
                                    + OwnProperty.PURPOSE.key()));
        }
        if (regulation.requires().contains("protection")) {
            columns(regulation)
                    .filter(column -> column.customProperties()
                            .get(OwnProperty.PROTECTION.key())
                            .isEmpty())
                    .forEach(column -> problems.error(
                            column.node().placeOf("name"),
                            regulation.name() + " asks for " + OwnProperty.PROTECTION.key() + " of column "
                                    + Shown.quoted(String.valueOf(column.name()))));
        }
    }

    private boolean hasRetention() {
        return tables.stream()
                .flatMap(table -> table.rules().stream())
                .anyMatch(rule ->
                        rule instanceof Rule.ServiceLevel level && level.level() == Rule.ServiceLevel.Level.RETENTION);
    }
}
