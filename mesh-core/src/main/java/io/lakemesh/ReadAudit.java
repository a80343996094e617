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

/** Records what a subject is let read of a product, and what not, before it is shown anything. */
record ReadAudit(AuditLog log, ProductAddress product, Subject subject, ReadDecisions decisions) {
    /** Records that a table is denied, if it is. */
    void denied(Action action, TableVersion table, long release) {
        if (decisions.apply(table) instanceof Decision.Denied denied) {
            append(AuditRecord.denied(action, denied.reason()), table, release);
        }
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
        log.append(record.subject(subject).product(product).table(table).release(release));
    }
}
