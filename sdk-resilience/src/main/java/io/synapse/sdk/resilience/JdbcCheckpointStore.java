package io.synapse.sdk.resilience;

import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Checkpoints in the table {@code synapse_checkpoints} of a database, for programs on several machines. Uses only
 * standard SQL. Each call takes a connection of its own, and throws an {@link IllegalStateException} when the database
 * fails. Thread-safe.
 */
public final class JdbcCheckpointStore implements CheckpointStore {
    private static final String CREATE = "CREATE TABLE synapse_checkpoints (name VARCHAR(255) PRIMARY KEY,"
            + " stream VARCHAR(255) NOT NULL, number BIGINT NOT NULL, request VARCHAR(64) NOT NULL)";
    private static final String UPDATE =
            "UPDATE synapse_checkpoints SET stream = ?, number = ?, request = ? WHERE name = ?";
    private static final String INSERT =
            "INSERT INTO synapse_checkpoints (stream, number, request, name) VALUES (?, ?, ?, ?)";

    private final DataSource database;

    private JdbcCheckpointStore(DataSource database) {
        this.database = database;
    }

    /**
     * A store in a database, whose table is created if there is none.
     *
     * @throws IllegalStateException when that fails
     */
    public static JdbcCheckpointStore of(DataSource database) {
        JdbcCheckpointStore store = new JdbcCheckpointStore(database);
        store.createTable();
        return store;
    }

    @Override
    public Optional<Checkpoint> load(String name) {
        return perform("read", connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT stream, number, request FROM synapse_checkpoints WHERE name = ?")) {
                query.setString(1, name);
                try (ResultSet row = query.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Checkpoint(row.getString(1), row.getLong(2), row.getString(3)))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public void save(String name, Checkpoint checkpoint) {
        perform("saved", connection -> {
            if (write(connection, name, checkpoint, UPDATE) == 0) {
                try {
                    write(connection, name, checkpoint, INSERT);
                } catch (SQLException e) { // unless another program was first, the update fails likewise
                    if (write(connection, name, checkpoint, UPDATE) == 0) {
                        throw e;
                    }
                }
            }
            return true;
        });
    }

    @Override
    public void remove(String name) {
        perform("removed", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM synapse_checkpoints WHERE name = ?")) {
                delete.setString(1, name);
                return delete.executeUpdate();
            }
        });
    }

    private static int write(Connection connection, String name, Checkpoint checkpoint, String sql)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, checkpoint.stream());
            statement.setLong(2, checkpoint.number());
            statement.setString(3, checkpoint.request());
            statement.setString(4, name);
            return statement.executeUpdate();
        }
    }

    private void createTable() {
        perform("created", connection -> {
            if (!hasTable(connection)) {
                try (PreparedStatement create = connection.prepareStatement(CREATE)) {
                    create.executeUpdate();
                } catch (SQLException e) { // unless another program was first
                    if (!hasTable(connection)) {
                        throw e;
                    }
                }
            }
            return true;
        });
    }

    private static boolean hasTable(Connection connection) {
        try (PreparedStatement query = connection.prepareStatement("SELECT name FROM synapse_checkpoints")) {
            query.setMaxRows(1);
            query.executeQuery().close();
            return true;
        } catch (SQLException e) {
            return false; // standard SQL has no other way to ask
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T perform(String done, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            T result = work.in(connection);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException("a checkpoint could not be " + done + " in the database", e);
        }
    }
}
