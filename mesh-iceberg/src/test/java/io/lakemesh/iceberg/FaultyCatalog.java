package io.lakemesh.iceberg;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;

/** A catalog one of whose commits goes wrong. */
final class FaultyCatalog extends GuardedJdbcCatalog {
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

    /** Lets so many commits go well before the fault. */
    FaultyCatalog(Fault fault, int commitsBefore) {
        this.fault = fault;
        this.commitsLeft = new AtomicInteger(commitsBefore);
    }

    @Override
    TableOperations unguarded(TableIdentifier table) {
        TableOperations real = super.unguarded(table);
        return (TableOperations) Proxy.newProxyInstance(
                FaultyCatalog.class.getClassLoader(), new Class<?>[] {TableOperations.class}, (proxy, method, args) -> {
                    boolean faulty = method.getName().equals("commit") && commitsLeft.getAndDecrement() == 0;
                    if (faulty) {
                        fail(() -> method.invoke(real, args));
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void fail(Commit commit) throws Exception {
        switch (fault) {
            case REPLY_LOST -> {
                commit.run();
                throw new CommitFailedException("Cannot commit: another version is there");
            }
            case CONNECTION_LOST ->
                throw new UncheckedSQLException(
                        new SQLNonTransientConnectionException("password=secret"), "Database Connection failed");
            case KILLED -> throw new Killed();
        }
    }

    private interface Commit {
        @Nullable
        Object run() throws Exception;
    }

    /** Stands for the end of the process: nothing catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
