package io.synapse.sdk.embedded.internal;

import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The SQLite file of an agent, in which each store has its table. */
public final class AgentDatabase {
    private static final int BUSY_MILLISECONDS = 10_000;

    private AgentDatabase() {}

    /** Opens it, making it where there is none. */
    public static Jdbi open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_MILLISECONDS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Jdbi database = Jdbi.create(source);
        // A failure is logged, and what a job was given may be secret.
        database.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return database;
    }
}
