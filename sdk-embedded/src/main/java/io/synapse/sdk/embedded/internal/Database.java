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

/** The SQLite file of a server, in which each store has its tables. Safe for use by several threads. */
public final class Database implements AutoCloseable {
    private static final int BUSY_MILLISECONDS = 10_000;

    /** One that writes, some that wait for it to end, and some that read meanwhile. */
    private static final int CONNECTIONS = 10;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /**
     * Whose database it is, and its schema.
     *
     * @param owner what the server is called in sentences, for instance {@code agent}
     * @param version of the schema that this server reads and writes
     * @param scripts the class beside which {@code schema-1.sql} up to that version are
     * @param ifDamaged what to do with a file that cannot be read, the end of a sentence
     */
    public record Schema(String owner, int version, Class<?> scripts, String ifDamaged) {
        /** That of an agent. */
        public static final Schema OF_AGENT = new Schema(
                "agent",
                3,
                Database.class,
                "put a copy in its place, or move it away to begin with none; the folders of jobs stay where they are");
    }

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        jdbi.setTransactionHandler(new OneWriter(jdbi.getTransactionHandler(), BUSY_MILLISECONDS));
        // A failure is logged, and what a job was given may be secret.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    }

    /**
     * Opens this file, checks it, and brings it to the newest schema; makes it where there is none.
     *
     * @throws IOException when it is damaged, or of a newer server
     */
    public static Database open(Path file, Schema schema) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, OwnerOnly.file());
        }
        SQLiteDataSource source = source(file);
        try (Handle handle = Jdbi.create(source).open()) { // before the pool, which would try again and again
            check(handle, file, schema);
            migrate(handle, file, schema);
        } catch (JdbiException e) {
            throw Causes.isDiskFull(e)
                    ? new IOException("the disk of " + file + " is full", e)
                    : damaged(file, schema, Causes.rootMessage(e), e);
        }
        return new Database(pool(source, schema.owner()));
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

    private static HikariDataSource pool(SQLiteDataSource source, String owner) {
        HikariConfig pooled = new HikariConfig();
        pooled.setDataSource(source);
        pooled.setMaximumPoolSize(CONNECTIONS);
        pooled.setMinimumIdle(1);
        pooled.setThreadFactory(new DaemonThreads("embedded-" + owner + "-database"));
        return new HikariDataSource(pooled);
    }

    private static void check(Handle handle, Path file, Schema schema) throws IOException {
        String result =
                handle.createQuery("PRAGMA quick_check(1)").mapTo(String.class).one();
        if (!result.equals("ok")) {
            throw damaged(file, schema, result, null);
        }
    }

    private static void migrate(Handle handle, Path file, Schema schema) throws IOException {
        int version = handle.createQuery("PRAGMA user_version").mapTo(int.class).one();
        if (version > schema.version()) {
            throw new IOException("the records in " + file + " are of a newer " + schema.owner()
                    + ": their schema has version " + version + ", this " + schema.owner() + " knows up to "
                    + schema.version());
        }
        for (int next = version + 1; next <= schema.version(); next++) {
            String script = script(schema, next) + "PRAGMA user_version = " + next + ";";
            handle.useTransaction(
                    transaction -> transaction.createScript(script).execute());
        }
    }

    private static String script(Schema schema, int version) throws IOException {
        String name = "schema-" + version + ".sql";
        try (InputStream source = schema.scripts().getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(source, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static IOException damaged(Path file, Schema schema, String why, @Nullable Throwable cause) {
        return new IOException(
                "the records in " + file + " cannot be read (" + why + "): " + schema.ifDamaged(), cause);
    }
}
