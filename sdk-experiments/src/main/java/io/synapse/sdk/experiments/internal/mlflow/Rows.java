package io.synapse.sdk.experiments.internal.mlflow;

import io.synapse.sdk.experiments.internal.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads columns of records. */
final class Rows {
    private Rows() {}

    /** Whether the column has a value. */
    static boolean has(ResultSet row, String column) throws SQLException {
        return row.getObject(column) != null;
    }

    /** Texts by their names, which are stored as JSON. */
    static Map<String, String> texts(ResultSet row, String column) throws SQLException {
        Map<String, String> texts = new LinkedHashMap<>();
        Json.tree(row.getString(column))
                .properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().textValue()));
        return texts;
    }
}
