package io.synapse.sdk.experiments.internal.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as MLflow's clients see it. Times are in milliseconds since the epoch.
 *
 * @param run the number of its record
 * @param name the one that the client gave it, which may be another than the record's
 * @param status MLflow's word, for instance {@code FINISHED}
 * @param datasets that it reads, as the client described them
 */
public record MlflowRun(
        String uid,
        long run,
        long experiment,
        String name,
        String user,
        String status,
        long startTime,
        @Nullable Long endTime,
        boolean isDeleted,
        Map<String, String> params,
        Map<String, String> tags,
        JsonNode datasets) {

    static MlflowRun of(ResultSet row) throws SQLException {
        return new MlflowRun(
                row.getString("uid"),
                row.getLong("run"),
                row.getLong("experiment"),
                row.getString("name"),
                row.getString("user"),
                row.getString("status"),
                row.getLong("start_time"),
                Rows.has(row, "end_time") ? Long.valueOf(row.getLong("end_time")) : null,
                Rows.has(row, "deleted_at"),
                Rows.texts(row, "params"),
                Rows.texts(row, "tags"),
                Json.tree(row.getString("datasets")));
    }

    /** The folder of its files among all artifacts. */
    public String artifactFolder() {
        return experiment + "/" + uid + "/artifacts";
    }

    MlflowRun active() {
        if (isDeleted) {
            throw Failure.badRequest("The run " + uid + " must be in the 'active' state. Current state is deleted.");
        }
        return this;
    }
}
