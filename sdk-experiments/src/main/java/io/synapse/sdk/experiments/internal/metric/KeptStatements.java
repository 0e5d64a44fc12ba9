package io.synapse.sdk.experiments.internal.metric;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Prepared statements that stay with the connections of a pool: SQLite takes longer to prepare a small one than to execute it.
 * Thread-safe; the statements are for whoever has the connection.
 */
final class KeptStatements {
    private final Map<Connection, OfConnection> all = new HashMap<>();

    /** Those of one connection. */
    static final class OfConnection {
        private final Connection connection;
        private final Map<String, PreparedStatement> statements = new HashMap<>();

        private OfConnection(Connection connection) {
            this.connection = connection;
        }

        /** A statement like a new one, which is not to be closed; the caller closes its results. */
        PreparedStatement prepare(String sql) throws SQLException {
            PreparedStatement statement = statements.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                statements.put(sql, statement);
            }
            statement.clearBatch(); // of a use that failed
            return statement;
        }
    }

    /** Those of the connection behind one that the pool has lent. */
    synchronized OfConnection of(Connection lent) throws SQLException {
        Connection connection = lent.unwrap(Connection.class);
        OfConnection known = all.get(connection);
        if (known == null) {
            removeClosed();
            known = new OfConnection(connection);
            all.put(connection, known);
        }
        return known;
    }

    /** Of how many connections there are some. */
    synchronized int connections() {
        return all.size();
    }

    /** The pool replaces connections from time to time. Their statements went with them. */
    private void removeClosed() throws SQLException {
        for (Iterator<Connection> each = all.keySet().iterator(); each.hasNext(); ) {
            if (each.next().isClosed()) {
                each.remove();
            }
        }
    }
}
