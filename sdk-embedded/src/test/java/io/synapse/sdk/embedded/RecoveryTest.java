package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.Tail.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent in another process is killed with signal 9; the next one on its directory tells the truth. */
@Timeout(90)
@Tag("one-jdk")
class RecoveryTest {
    private static final String TOKEN = "recovery-token";

    @TempDir
    private Path folder;

    private Path data;
    private Path go;
    private AgentProcess first;
    private Caller caller;
    private EmbeddedAgent second;

    @BeforeEach
    void startTheAgentToBeKilled() throws IOException {
        data = folder.resolve("data");
        go = folder.resolve("go");
        first = AgentProcess.fromClassPath(Map.of(), folder, "--port=0", "--token=" + TOKEN, "--data-dir=" + data);
        caller = new Caller(first.awaitReady(), TOKEN);
    }

    @AfterEach
    void endWhatRuns() {
        first.close();
        if (second != null) {
            caller.get("jobs/")
                    .json()
                    .forEach(job -> caller.post("jobs/" + job.path("job_id").asText() + "/stop/", ""));
            caller.get("jobs/")
                    .json()
                    .forEach(job -> caller.awaitEnd(job.path("job_id").asText()));
            second.close();
        }
    }

    @Test
    void aJobThatRunsIsFoundAgainAndItsLogAndItsEndAreRight() throws Exception {
        String id = caller.submit("echo one; " + waitForGo() + "; echo two; exit 5");
        caller.awaitLog(id, "one");
        caller.awaitPid(id);
        JsonNode before = caller.job(id);

        killTheFirst();
        startTheSecond();

        assertThat(caller.job(id)).isEqualTo(before);
        Tail tail = Tail.open(caller, Protocol.WEBSOCKET, id, "?offset=4");
        Files.createFile(go);
        tail.awaitEnd();
        assertThat(tail.text()).isEqualTo("two\n");
        JsonNode after = caller.job(id);
        assertThat(after.path("status").asText()).isEqualTo("FAILED");
        assertThat(after.path("driver_exit_code").asInt()).isEqualTo(5);
        assertThat(caller.log(id)).isEqualTo("one\ntwo\n");
    }

    @Test
    void aJobThatEndedMeanwhileHasItsExitCodeAndTheTimeOfItsEnd() throws Exception {
        String failing = caller.submit(waitForGo() + "; exit 7");
        String fine = caller.submit(waitForGo() + "; echo fine");
        caller.awaitPid(failing);
        caller.awaitPid(fine);

        killTheFirst();
        long released = System.currentTimeMillis();
        Files.createFile(go);
        await().until(() -> hasEnded(failing) && hasEnded(fine));
        long ended = System.currentTimeMillis();
        startTheSecond();

        JsonNode failed = caller.awaitEnd(failing);
        assertThat(failed.path("status").asText()).isEqualTo("FAILED");
        assertThat(failed.path("driver_exit_code").asInt()).isEqualTo(7);
        // The time of a file is that of the clock's last tick.
        assertThat(failed.path("end_time").asLong()).isBetween(released - 10, ended);
        assertThat(caller.awaitEnd(fine).path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(caller.log(fine)).isEqualTo("fine\n");
    }

    @Test
    void whatCannotBeKnownIsSaidToBeUnknown() throws Exception {
        String id = caller.submit("echo last words; sleep 300");
        caller.awaitLog(id, "last words");
        long leader = caller.awaitPid(id);

        killTheFirst();
        run("kill -KILL -" + leader);
        startTheSecond();

        JsonNode job = caller.awaitEnd(id);
        assertThat(job.path("status").asText()).isEqualTo("FAILED");
        assertThat(job.path("driver_exit_code").isNull()).isTrue();
        assertThat(job.path("message").asText()).contains("unknown", "last words");
    }

    /** Whoever kills the leader alone takes the exit code away, but the job is not over while its work goes on. */
    @Test
    void aJobWithoutItsLeaderIsOverWhenItsLastProcessIs() throws Exception {
        String id = caller.submit("echo ready; " + waitForGo() + "; echo done");
        caller.awaitLog(id, "ready");
        long leader = caller.awaitPid(id);

        killTheFirst();
        run("kill -KILL " + leader);
        startTheSecond();

        assertThat(caller.status(id)).isEqualTo("RUNNING");
        Tail tail = Tail.open(caller, Protocol.HTTP, id, "");
        Files.createFile(go);
        tail.awaitEnd();
        assertThat(tail.text()).isEqualTo("ready\ndone\n");
        assertThat(caller.job(id).path("message").asText()).contains("unknown");
    }

    @Test
    void aStopThatWasAskedForIsCarriedOut() throws Exception {
        String id = caller.submit("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        caller.awaitLog(id, "ready");
        long leader = caller.awaitPid(id);
        caller.post("jobs/" + id + "/stop/", "");

        killTheFirst();
        assertThat(Processes.isAlive(leader)).isTrue();
        startTheSecond();

        assertThat(caller.awaitEnd(id).path("status").asText()).isEqualTo("STOPPED");
        assertThat(Processes.ofGroup(leader)).isEmpty();
    }

    @Test
    void jobsThatWaitedStillWaitAndRunInTheirOrder() throws Exception {
        caller.send("PATCH", "resources/policy/", "{\"max_concurrent_jobs\":1}");
        Path order = folder.resolve("order");
        String running = caller.submit(waitForGo());
        List<String> waiting = List.of(
                caller.submit("echo 1 >> " + order),
                caller.submit("echo 2 >> " + order),
                caller.submit("echo 3 >> " + order));
        caller.awaitPid(running);

        killTheFirst();
        startTheSecond();
        assertThat(waiting).allMatch(id -> caller.status(id).equals("PENDING"));
        Files.createFile(go);

        caller.awaitEnd(waiting.get(2));
        assertThat(order).hasContent("1\n2\n3\n");
    }

    private String waitForGo() {
        return "while [ ! -e " + go + " ]; do sleep 0.02; done";
    }

    private boolean hasEnded(String id) throws IOException {
        return Files.readString(file(id, "exit")).contains("ended");
    }

    private Path file(String job, String name) {
        return data.resolve("jobs").resolve(job).resolve(name);
    }

    private void killTheFirst() throws IOException, InterruptedException {
        first.close();
        assertThat(first.awaitExit()).isEqualTo(128 + 9);
    }

    private void startTheSecond() {
        second = EmbeddedAgent.builder().dataDirectory(data).token(TOKEN).start();
        caller = Caller.of(second);
    }

    private static void run(String command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", command).start().waitFor(10, TimeUnit.SECONDS))
                .isTrue();
    }
}
