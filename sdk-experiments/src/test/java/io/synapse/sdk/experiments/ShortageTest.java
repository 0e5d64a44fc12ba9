package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.TestDatabase;
import io.synapse.sdk.experiments.internal.device.Devices;
import io.synapse.sdk.experiments.internal.event.EventLog;
import io.synapse.sdk.experiments.internal.http.ExperimentServer;
import io.synapse.sdk.experiments.internal.http.QueueRoutes;
import io.synapse.sdk.experiments.internal.notification.Notifications;
import io.synapse.sdk.experiments.internal.queue.Cleanup;
import io.synapse.sdk.experiments.internal.queue.JobDocuments;
import io.synapse.sdk.experiments.internal.queue.JobQueries;
import io.synapse.sdk.experiments.internal.queue.JobQueue;
import io.synapse.sdk.experiments.internal.queue.QueueStatistics;
import io.synapse.sdk.experiments.internal.queue.Submissions;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot write says why, and loses nothing that it has acknowledged. */
@Timeout(120)
class ShortageTest {
    private static final int CONNECTIONS = 4;

    @TempDir
    private Path folder;

    @Test
    void aFullDiskIs503AndWhatWasAcknowledgedIsThere() throws Exception {
        try (Database database = TestDatabase.open(folder);
                ExperimentServer server = server(database.jdbi())) {
            Caller caller = new Caller(URI.create("http://127.0.0.1:" + server.port()), "token");
            caller.add("before");
            limitPages(database.jdbi(), true);

            List<String> names = new ArrayList<>(List.of("before"));
            HttpResponse<String> answer = add(caller, 0);
            for (int index = 1; answer.statusCode() == 200; index++) {
                names.add(Integer.toString(index - 1));
                answer = add(caller, index);
            }

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("the disk of the server is full");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(names(caller)).isEqualTo(names);
            limitPages(database.jdbi(), false);
            names.add("after");
            caller.add("after");
            assertThat(names(caller)).isEqualTo(names);
        }
    }

    @Test
    void aDatabaseThatAnotherProgramHasLockedIs503UntilItIsReleased() throws Exception {
        try (EmbeddedExperiments server =
                        EmbeddedExperiments.builder().dataDirectory(folder).start();
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("experiments.db"))) {
            Caller caller = new Caller(server);
            caller.add("before");
            other.createStatement().execute("BEGIN IMMEDIATE");

            var next = caller.later(
                    caller.request("/api/queue/next_job?host_id=w&wait=20").build());
            HttpResponse<String> answer = add(caller, 1);

            for (HttpResponse<String> failed : List.of(answer, next.get())) {
                assertThat(failed.statusCode()).isEqualTo(503);
                assertThat(failed.body()).contains("locked");
            }
            assertThat(names(caller)).containsExactly("before");
            other.createStatement().execute("ROLLBACK");
            caller.add("after");
            assertThat(names(caller)).containsExactly("before", "after");
        }
    }

    private static HttpResponse<String> add(Caller caller, int index) throws Exception {
        return caller.post(
                "/api/queue/add", Map.of("config", "a: " + "x".repeat(10_000), "name", Integer.toString(index)));
    }

    private static List<String> names(Caller caller) throws Exception {
        List<String> names = new ArrayList<>();
        for (JsonNode job : caller.ok(caller.get("/api/queue/list?limit=1000")).path("jobs")) {
            names.add(0, job.path("name").asText());
        }
        return names;
    }

    /** For SQLite, a database that may not grow is a disk that is full. Each connection has a limit of its own. */
    private static void limitPages(Jdbi database, boolean isFull) {
        List<Handle> all = new ArrayList<>();
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            Handle handle = database.open();
            all.add(handle);
            int pages = handle.createQuery("PRAGMA page_count").mapTo(int.class).one();
            handle.createQuery("PRAGMA max_page_count = " + (isFull ? pages + 20 : 1_000_000))
                    .mapTo(int.class)
                    .one();
        }
        all.forEach(Handle::close);
    }

    private ExperimentServer server(Jdbi database) {
        RunningTime time = new RunningTime(database, System::nanoTime);
        EventLog events = new EventLog(database, time);
        Devices devices = new Devices(database, events, System::nanoTime);
        JobDocuments documents = new JobDocuments(devices, Duration.ofSeconds(60));
        JobQueue queue = new JobQueue(database, time, devices, events, documents, new Notifications(database, events));
        JobQueries queries = new JobQueries(queue, documents, time, folder);
        QueueRoutes routes = new QueueRoutes(
                queue,
                new Submissions(queue, documents, time, path -> Optional.empty()),
                documents,
                queries,
                new QueueStatistics(queries, devices),
                new Cleanup(queue, events, time, folder));
        return new ExperimentServer("127.0.0.1", 0, "token", routes::register);
    }
}
