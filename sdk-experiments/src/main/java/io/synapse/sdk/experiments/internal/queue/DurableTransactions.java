package io.synapse.sdk.experiments.internal.queue;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * Transactions that are on the disk when they return, so that they survive a loss of power too: what was acknowledged is
 * never taken back, and no number of an attempt is given twice. Others of the database, which are many and less precious,
 * survive the end of the process only. Thread-safe.
 */
final class DurableTransactions {
    private final Jdbi database;

    DurableTransactions(Jdbi database) {
        this.database = database;
    }

    /** Does this in a transaction, and returns when it is on the disk. */
    <R> R write(HandleCallback<R, RuntimeException> work) {
        return database.withHandle(handle -> {
            synchronous(handle, "FULL");
            try {
                return handle.inTransaction(work);
            } finally {
                synchronous(handle, "NORMAL");
            }
        });
    }

    /** Does this without a transaction that writes. */
    <R> R read(HandleCallback<R, RuntimeException> work) {
        return database.withHandle(work);
    }

    /** Of the connection, which others get after this. */
    private static void synchronous(Handle handle, String mode) {
        handle.execute("PRAGMA synchronous = " + mode);
    }
}
