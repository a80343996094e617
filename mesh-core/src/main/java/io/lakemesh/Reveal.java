package io.lakemesh;

import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.error.AccessDeniedException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.mask.Masking;
import io.lakemesh.policy.Decision;
import io.lakemesh.protect.ProtectedColumns;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.schema.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens protected columns to those who may see their values, and records it before any is shown. */
record Reveal(Mesh mesh, ReadAudit audit) {
    /**
     * What makes the values of what is stored, by field id.
     *
     * @param columns names of the table's columns
     * @throws InvalidInputException if nothing leads back from a column, or its key is missing
     * @throws AccessDeniedException if one may not be revealed to whoever reads
     */
    Map<Integer, Masking> of(TableVersion table, long release, List<String> columns, Decision.Granted decision) {
        Map<Integer, Masking> revealed = new HashMap<>();
        for (String column : columns) {
            Field field = table.schema().field(table.schema().position(column).orElseThrow());
            revealed.put(field.id(), masking(field, table, release, decision));
        }
        audit.revealed(columns, decision, table, release);
        return revealed;
    }

    private Masking masking(Field field, TableVersion table, long release, Decision.Granted decision) {
        Keyed protection = decision.revealable().get(field.id());
        if (protection == null) {
            throw refused(field.name(), table, release, decision.role());
        }
        return Masking.ofTexts(mesh.keys()
                .revealer(
                        protection.keyName(audit.product().domain()),
                        protection.kind(),
                        ProtectedColumns.address(table.table(), field.name())));
    }

    private RuntimeException refused(String column, TableVersion table, long release, String role) {
        if (audit.decisions().reversible(table).contains(column)) {
            String reason = "role " + role + " may not reveal it";
            audit.notRevealed(column, reason, table, release);
            return new AccessDeniedException("Cannot reveal column " + column + " of " + table.table() + ": " + reason);
        }
        return new InvalidInputException("Cannot reveal column " + column + " of " + table.table()
                + ": it is neither tokenized nor encrypted, so that nothing leads back from what is stored");
    }
}
