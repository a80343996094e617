package io.lakemesh;

import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditLog;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.audit.AuditRecordBuilder;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.history.ReadDecisions;
import io.lakemesh.policy.Decision;
import io.lakemesh.policy.Subject;
import io.lakemesh.policy.TablePolicy;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records what somebody is let read of a product, and what not, before anything is shown.
 *
 * @param subject null for the mesh's owner
 */
record ReadAudit(AuditLog log, ProductAddress product, @Nullable Subject subject, ReadDecisions decisions) {
    /** Records that a table is denied, if it is. */
    void denied(Action action, TableVersion table, long release) {
        if (decisions.apply(table) instanceof Decision.Denied denied) {
            append(AuditRecord.denied(action, denied.reason()), table, release);
        }
    }

    /** Records that a column's protected values are not revealed. */
    void notRevealed(String column, String reason, TableVersion table, long release) {
        append(AuditRecord.denied(Action.REVEAL, reason).columns(List.of(column)), table, release);
    }

    /** Records that columns' protected values are revealed. */
    void revealed(List<String> columns, Decision.Granted decision, TableVersion table, long release) {
        append(
                AuditRecord.granted(Action.REVEAL)
                        .seen(table.schema().select(List.of()), decision)
                        .columns(columns),
                table,
                release);
    }

    /** Records that columns of a table are read, if they may be. */
    void granted(Action action, TableVersion table, long release, TableSchema columns) {
        if (decisions.apply(table) instanceof Decision.Granted granted) {
            append(AuditRecord.granted(action).seen(columns, granted), table, release);
        }
    }

    /** Records whether all of some tables may be seen, in every row and column; tells whether. */
    boolean whole(Action action, List<TableVersion> tables, long release) {
        List<TableVersion> lacking =
                tables.stream().filter(table -> !isWhole(table)).toList();
        if (lacking.isEmpty()) {
            tables.forEach(table -> granted(action, table, release, table.schema()));
        }
        lacking.forEach(table -> append(
                AuditRecord.denied(action, "it is shown to those only who see every row and column"), table, release));
        return lacking.isEmpty();
    }

    private boolean isWhole(TableVersion table) {
        return decisions.apply(table) instanceof Decision.Granted granted && granted.isEverything();
    }

    private void append(AuditRecordBuilder record, TableVersion table, long release) {
        decisions.policy(table).map(TablePolicy::digest).ifPresent(record::policy);
        if (subject != null) {
            record.subject(subject);
        }
        log.append(record.product(product).table(table).release(release));
    }
}
