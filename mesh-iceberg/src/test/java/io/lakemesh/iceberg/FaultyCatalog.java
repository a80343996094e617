package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;

/** A catalog one of whose commits goes wrong. */
final class FaultyCatalog extends IcebergCatalog {
    /** What goes wrong. */
    enum Fault {
        /** The commit is done, but its reply is lost, and the pool's second try finds another version. */
        REPLY_LOST,
        /** The commit is not done, and the database is gone. */
        CONNECTION_LOST,
        /** The process is killed before the commit. */
        KILLED
    }

    private final Fault fault;
    private final AtomicInteger commitsLeft;
    private final Runnable meanwhile;

    /** Lets so many commits go well before the fault. */
    FaultyCatalog(CatalogSettings settings, Fault fault, int commitsBefore) {
        this(settings, fault, commitsBefore, () -> {});
    }

    /** Somebody does something after the commit whose reply is lost, before that is noticed. */
    FaultyCatalog(CatalogSettings settings, Fault fault, int commitsBefore, Runnable meanwhile) {
        super(settings);
        this.fault = fault;
        this.meanwhile = meanwhile;
        this.commitsLeft = new AtomicInteger(commitsBefore);
    }

    @Override
    CatalogTableOperations unguarded(TableName table) {
        return new CatalogTableOperations(catalog(), identifier(table), location(table)) {
            @Override
            public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
                if (commitsLeft.getAndDecrement() == 0) {
                    fail(() -> super.commit(base, metadata));
                }
                super.commit(base, metadata);
            }
        };
    }

    private void fail(Runnable commit) {
        switch (fault) {
            case REPLY_LOST -> {
                commit.run();
                meanwhile.run();
                throw new CommitFailedException("Cannot commit: another version is there");
            }
            case CONNECTION_LOST ->
                throw new UncheckedSQLException(
                        new SQLNonTransientConnectionException("password=secret"), "Database Connection failed");
            case KILLED -> throw new Killed();
        }
    }

    /** Stands for the end of the process: nothing catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
