package io.synapse.sdk.benchmarks.jmh;

import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.experiments.EmbeddedExperiments;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import io.synapse.sdk.experiments.internal.metric.RowBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Adds a row of ten metrics to a run, and commits it: the tables of the experiment server in a file of their own, without HTTP. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CommitRow {
    private static final int METRICS = 10;

    /** The newest of the server. */
    private static final int SCHEMA = 5;

    /** With the server's store. */
    @Benchmark
    public void sdk(Store store) {
        store.database.jdbi().useTransaction(transaction -> store.metrics.append(transaction, store.run, store.row()));
    }

    /** With JDBC and statements that are prepared once, in the same tables. */
    @Benchmark
    public void byHand(Jdbc jdbc) throws SQLException {
        jdbc.grow.setLong(1, jdbc.run);
        try (ResultSet grown = jdbc.grow.executeQuery()) {
            grown.next();
            jdbc.insert.setLong(1, jdbc.run);
            jdbc.insert.setLong(2, grown.getLong(1));
        }
        jdbc.insert.setBytes(3, new byte[Jdbc.BYTES_OF_ROW]);
        jdbc.insert.executeUpdate();
        jdbc.connection.commit();
    }

    /** A database with one run, as the server makes it. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // made by open()
    public static class Store {
        private final List<String> names = IntStream.range(0, METRICS)
                .mapToObj(metric -> "metric" + metric)
                .toList();
        private final MetricStore metrics = new MetricStore();
        private Path folder;
        private Database database;
        private long run;
        private double step;

        /** Makes it. */
        @Setup
        public void open() throws IOException {
            folder = Files.createTempDirectory("benchmark-");
            database = Database.open(
                    folder.resolve("experiments.db"),
                    new Database.Schema("server", SCHEMA, EmbeddedExperiments.class, ""));
            run = database.jdbi()
                    .withHandle(handle -> handle.createUpdate("INSERT INTO run (project, name, source, status,"
                                    + " updated_at, changed_running) VALUES ('live', 'run', 'JOB', 'running', '', 0)")
                            .executeAndReturnGeneratedKeys("id")
                            .mapTo(Long.class)
                            .one());
        }

        private RowBlock row() {
            step++;
            double[][] values = new double[METRICS][1];
            for (int metric = 0; metric < METRICS; metric++) {
                values[metric][0] = (metric + 1) / step;
            }
            return new RowBlock(names, new double[] {step}, values);
        }

        /** Deletes it. */
        @TearDown
        public void close() throws IOException {
            database.close();
            FileTree.delete(folder);
        }
    }

    /** The same, opened with JDBC. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // made by open()
    public static class Jdbc {
        /** A step, and for each metric its number and its value. */
        private static final int BYTES_OF_ROW = Double.BYTES + METRICS * (Integer.BYTES + Double.BYTES);

        private final Store store = new Store();
        private Connection connection;
        private PreparedStatement grow;
        private PreparedStatement insert;
        private long run;

        /** Makes it. */
        @Setup
        public void open() throws IOException, SQLException {
            store.open();
            store.database.close();
            run = store.run;
            connection = DriverManager.getConnection("jdbc:sqlite:" + store.folder.resolve("experiments.db"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA synchronous = NORMAL");
                statement.execute("INSERT INTO extent (n, run, chunked, summarized) VALUES (0, " + run + ", 0, 0)");
            }
            connection.setAutoCommit(false);
            grow = connection.prepareStatement("UPDATE extent SET n = n + 1 WHERE run = ? RETURNING n");
            insert = connection.prepareStatement("INSERT INTO tail (run, row, content) VALUES (?, ?, ?)");
        }

        /** Deletes it. */
        @TearDown
        public void close() throws IOException, SQLException {
            connection.close();
            FileTree.delete(store.folder);
        }
    }
}
