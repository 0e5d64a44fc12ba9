package io.synapse.sdk.embedded.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The SQLite file of an agent, in which each store has its tables. Safe for use by several threads. */
public final class AgentDatabase implements AutoCloseable {
    /** The version of the schema that this agent reads and writes: {@code schema-1.sql}, … one after another. */
    private static final int SCHEMA_VERSION = 3;

    private static final int BUSY_MILLISECONDS = 10_000;

    /** One that writes and some that read meanwhile. */
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private AgentDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        // A failure is logged, and what a job was given may be secret.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    }

    /**
     * Opens the database in this folder, checks it, and brings it to the newest schema; makes it where there is none.
     *
     * @throws IOException when it is damaged, or of a newer agent
     */
    public static AgentDatabase open(Path directory) throws IOException {
        Path file = directory.resolve("agent.db");
        if (!Files.exists(file)) {
            Files.createFile(file, OwnerOnly.file());
        }
        SQLiteDataSource source = source(file);
        try (Handle handle = Jdbi.create(source).open()) { // before the pool, which would try again and again
            check(handle, file);
            migrate(handle, file);
        } catch (JdbiException e) {
            throw Causes.isDiskFull(e)
                    ? new IOException("the disk of " + file + " is full", e)
                    : damaged(file, Causes.rootMessage(e), e);
        }
        return new AgentDatabase(pool(source));
    }

    /** Access to its tables. */
    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_MILLISECONDS);
        // One that only takes the lock when it writes can fail when another has written meanwhile.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath().toUri()); // in a plain path, "?" begins parameters
        return source;
    }

    private static HikariDataSource pool(SQLiteDataSource source) {
        HikariConfig pooled = new HikariConfig();
        pooled.setDataSource(source);
        pooled.setMaximumPoolSize(CONNECTIONS);
        pooled.setMinimumIdle(1);
        pooled.setThreadFactory(new DaemonThreads("embedded-agent-database"));
        return new HikariDataSource(pooled);
    }

    private static void check(Handle handle, Path file) throws IOException {
        String result =
                handle.createQuery("PRAGMA quick_check(1)").mapTo(String.class).one();
        if (!result.equals("ok")) {
            throw damaged(file, result, null);
        }
    }

    private static void migrate(Handle handle, Path file) throws IOException {
        int version = handle.createQuery("PRAGMA user_version").mapTo(int.class).one();
        if (version > SCHEMA_VERSION) {
            throw new IOException("the records in " + file + " are of a newer agent: their schema has version "
                    + version + ", this agent knows up to " + SCHEMA_VERSION);
        }
        for (int next = version + 1; next <= SCHEMA_VERSION; next++) {
            String script = script(next) + "PRAGMA user_version = " + next + ";";
            handle.useTransaction(
                    transaction -> transaction.createScript(script).execute());
        }
    }

    private static String script(int version) throws IOException {
        String name = "schema-" + version + ".sql";
        try (InputStream source = AgentDatabase.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(source, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static IOException damaged(Path file, String why, @Nullable Throwable cause) {
        return new IOException(
                "the records in " + file + " cannot be read (" + why + "): put a copy in its place, or move it away to"
                        + " begin with none; the folders of jobs stay where they are",
                cause);
    }
}
