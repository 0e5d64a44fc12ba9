package io.synapse.sdk.experiments.internal.mlflow;

import io.synapse.sdk.experiments.internal.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/**
 * A project as MLflow's clients see it. Times are in milliseconds since the epoch.
 *
 * @param name the one that the client gave it, which may be another than the project's
 */
public record MlflowExperiment(
        long id,
        String name,
        String project,
        long createdAt,
        long updatedAt,
        boolean isDeleted,
        Map<String, String> tags) {

    static MlflowExperiment of(ResultSet row) throws SQLException {
        return new MlflowExperiment(
                row.getLong("id"),
                row.getString("name"),
                row.getString("project"),
                row.getLong("created_at"),
                row.getLong("updated_at"),
                Rows.has(row, "deleted_at"),
                Rows.texts(row, "tags"));
    }

    MlflowExperiment active() {
        if (isDeleted) {
            throw Failure.badRequest(
                    "The experiment " + id + " must be in the 'active' state. Current state is deleted.");
        }
        return this;
    }
}
