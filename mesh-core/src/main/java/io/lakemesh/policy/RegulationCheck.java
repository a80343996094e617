package io.lakemesh.policy;

import io.lakemesh.contract.OwnProperty;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.SchemaProperty;
import io.lakemesh.error.Problems;
import io.lakemesh.policy.MeshPolicy.Regulation;
import java.util.Locale;
import java.util.Set;

/** Whether a contract says what the regulations ask of columns like its own. */
final class RegulationCheck {
    private static final Set<String> RETENTION = Set.of("retention", "re");

    private final DataContract contract;
    private final MeshPolicy mesh;
    private final Problems problems;

    RegulationCheck(DataContract contract, MeshPolicy mesh, Problems problems) {
        this.contract = contract;
        this.mesh = mesh;
        this.problems = problems;
    }

    void check() {
        mesh.regulations().stream().filter(this::concerns).forEach(this::check);
    }

    private boolean concerns(Regulation regulation) {
        return contract.schema().stream()
                .flatMap(object -> object.properties().stream())
                .flatMap(SchemaProperty::withParts)
                .anyMatch(property -> property.classification() != null
                        && regulation.classifications().contains(property.classification()));
    }

    private void check(Regulation regulation) {
        if (regulation.requires().contains("retention")
                && contract.slaProperties().stream()
                        .noneMatch(sla -> RETENTION.contains(sla.property().toLowerCase(Locale.ROOT)))) {
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
    }
}
