package io.synapse.sdk.experiments.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class KeptStatementsTest {
    private static final String SQL = "SELECT 1";

    private final KeptStatements statements = new KeptStatements();

    @Test
    void aStatementIsPreparedOnceForEachConnection() throws SQLException {
        try (Connection one = open();
                Connection other = open()) {
            PreparedStatement first = statements.of(one).prepare(SQL);

            assertThat(statements.of(one).prepare(SQL)).isSameAs(first);
            assertThat(statements.of(other).prepare(SQL)).isNotSameAs(first);
        }
    }

    /** The pool closes each some time. */
    @Test
    void thoseOfClosedConnectionsAreNotKept() throws SQLException {
        for (int number = 0; number < 5; number++) {
            try (Connection connection = open()) {
                statements.of(connection).prepare(SQL);
            }
        }

        assertThat(statements.connections()).isEqualTo(1);
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite::memory:");
    }
}
