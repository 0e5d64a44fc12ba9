package io.synapse.sdk.embedded.internal;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Lets the transactions of this process on an SQLite file, all of which write, begin one after another in the order in which
 * they ask. SQLite itself has them ask again after pauses of up to 100 ms, and in no order. Thread-safe.
 */
final class OneWriter extends DelegatingTransactionHandler {
    private final ReentrantLock turn;
    private final int patienceMillis;

    /**
     * Of one file.
     *
     * @param patienceMillis after which a transaction fails that could not begin, as if another program had locked the file
     */
    OneWriter(TransactionHandler transactions, int patienceMillis) {
        this(transactions, new ReentrantLock(true), patienceMillis);
    }

    private OneWriter(TransactionHandler transactions, ReentrantLock turn, int patienceMillis) {
        super(transactions);
        this.turn = turn;
        this.patienceMillis = patienceMillis;
    }

    @Override
    public TransactionHandler specialize(Handle handle) throws SQLException {
        return new OneWriter(getDelegate().specialize(handle), turn, patienceMillis);
    }

    @Override
    public void begin(Handle handle) {
        awaitTurn();
        try {
            super.begin(handle);
        } catch (RuntimeException | Error e) {
            turn.unlock();
            throw e;
        }
    }

    /** A commit that fails is followed by a rollback. */
    @Override
    public void commit(Handle handle) {
        super.commit(handle);
        turn.unlock();
    }

    @Override
    public void rollback(Handle handle) {
        try {
            super.rollback(handle);
        } finally {
            turn.unlock();
        }
    }

    private void awaitTurn() {
        try {
            if (!turn.tryLock(patienceMillis, TimeUnit.MILLISECONDS)) {
                throw new TransactionException(
                        "cannot begin",
                        new SQLiteException("other transactions last too long", SQLiteErrorCode.SQLITE_BUSY));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransactionException("interrupted before it began", e);
        }
    }
}
