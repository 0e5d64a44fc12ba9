package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupTest {
    @TempDir
    private Path folder;

    @Test
    void ofAJobThatIsCleanedUpNothingIsLeftButItsRun() throws Exception {
        try (EmbeddedExperiments server =
                EmbeddedExperiments.builder().dataDirectory(folder).start()) {
            Caller caller = new Caller(server);
            String uid = caller.add("a");
            String kept = caller.add("b");
            for (String job : List.of(uid, kept)) {
                caller.next("w");
                caller.ok(caller.confirm(job, 1));
                sync(caller, "/api/sync/experiment/" + job + "/terminal_log.log", "started\n");
                sync(caller, "/api/sync/run/" + job + "/" + job + ".csv", "step,loss\n1,0.5\n");
                caller.ok(caller.post("/api/sync/checkpoint/" + job, Map.of("epoch", 1)));
                caller.ok(caller.post("/api/components/manifest/" + job, Map.of("loss/a", "0123456789abcdef")));
            }
            caller.ok(caller.complete(uid, 1, 0));
            assertThat(tablesWith(uid)).contains("job", "job_config", "job_sync", "job_file", "component_manifest");

            caller.ok(caller.post("/api/queue/cleanup?hours=0"));

            assertThat(tablesWith(uid)).isEmpty();
            assertThat(folder.resolve("queue_logs/" + uid)).doesNotExist();
            assertThat(tablesWith(kept)).contains("job", "job_config", "job_sync", "job_file", "component_manifest");
            assertThat(folder.resolve("queue_logs/" + kept)).exists();
            assertThat(caller.get("/api/runs/demo/" + uid).statusCode()).isEqualTo(200);
        }
    }

    private static void sync(Caller caller, String path, String text) throws Exception {
        String form = "--part\r\nContent-Disposition: form-data; name=\"delta\"; filename=\"x\"\r\n\r\n" + text
                + "\r\n--part--\r\n";
        caller.ok(caller.send(caller.request(path)
                .header("Content-Type", "multipart/form-data; boundary=part")
                .POST(BodyPublishers.ofString(form))
                .build()));
    }

    /** The tables that have the uid of a job in a column for it. */
    private List<String> tablesWith(String uid) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection records = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("experiments.db"))) {
            ResultSet columns = records.createStatement().executeQuery("""
                    SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c
                    WHERE m.type = 'table' AND c.name IN ('uid', 'experiment_uid')
                    """);
            while (columns.next()) {
                ResultSet rows = records.createStatement()
                        .executeQuery("SELECT count(*) FROM " + columns.getString(1) + " WHERE " + columns.getString(2)
                                + " = '" + uid + "'");
                if (rows.getInt(1) > 0) {
                    found.add(columns.getString(1));
                }
            }
        }
        return found;
    }
}
