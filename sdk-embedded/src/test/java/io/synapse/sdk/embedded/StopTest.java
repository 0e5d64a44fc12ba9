package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.Caller.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stop ends everything a job started, and nothing else. */
class StopTest {
    private EmbeddedAgent agent;
    private Caller caller;

    @BeforeEach
    void start() {
        agent = EmbeddedAgent.start();
        caller = Caller.of(agent);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void termComesFirstAndTheEntrypointMayCleanUp() {
        String id = caller.submit("trap 'echo cleaning; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        caller.awaitLog(id, "ready");
        long start = System.nanoTime();

        assertThat(caller.post("jobs/" + id + "/stop/", "").json()).isEqualTo(Caller.json("{\"stopped\":true}"));

        JsonNode job = caller.awaitEnd(id);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
        assertThat(job.path("status").asText()).isEqualTo("STOPPED");
        assertThat(job.path("end_time").isNumber()).isTrue();
        assertThat(caller.log(id)).endsWith("cleaning\n");
    }

    @Test
    void whoIgnoresTermIsKilledAfterThreeSecondsWithAllChildren() {
        String stubborn = "trap '' TERM; echo $$; while :; do sleep 0.05; done";
        String id =
                caller.submit("(" + stubborn + ") & (sh -c \"" + stubborn.replace("$", "\\$") + "\") & " + stubborn);
        caller.awaitLog(id, "\n");
        await().until(() -> caller.log(id).lines().count() == 3);
        List<Long> pids = caller.log(id).lines().map(Long::valueOf).distinct().toList();
        assertThat(pids).allMatch(Processes::isAlive);
        long start = System.nanoTime();

        caller.post("jobs/" + id + "/stop/", "");
        assertThat(caller.job(id).path("message").asText()).isEqualTo("Job is being stopped.");
        JsonNode job = caller.awaitEnd(id);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(2900), Duration.ofMillis(5000));
        assertThat(job.path("status").asText()).isEqualTo("STOPPED");
        assertThat(pids).noneMatch(Processes::isAlive);
    }

    /** The leader ends at once on TERM, but the job is over only when its children are. */
    @Test
    void childrenThatOutliveTheirLeaderAreKilledToo() {
        String id = caller.submit("(trap '' TERM; echo ready; sleep 300) & wait");
        caller.awaitLog(id, "ready");

        caller.post("jobs/" + id + "/stop/", "");
        JsonNode job = caller.awaitEnd(id);

        assertThat(Processes.ofGroup(job.path("driver_info").path("pid").asLong()))
                .isEmpty();
    }

    @Test
    void aJobThatWaitsIsStoppedForReal() {
        caller.send("PATCH", "resources/policy/", "{\"max_concurrent_jobs\":1}");
        String first = caller.submit("sleep 60");
        String waiting = caller.submit("echo ran");
        caller.awaitStatus(first, "RUNNING");
        assertThat(caller.status(waiting)).isEqualTo("PENDING");

        caller.post("jobs/" + waiting + "/stop/", "");

        JsonNode job = caller.job(waiting);
        assertThat(job.path("status").asText()).isEqualTo("STOPPED");
        assertThat(job.path("start_time").isNull()).isTrue();
        caller.post("jobs/" + first + "/stop/", "");
        caller.awaitEnd(first);
        caller.awaitEnd(caller.submit("true")); // whatever was to start has started by now
        assertThat(caller.log(waiting)).isEmpty();
    }

    @Test
    void aJobThatIsOverCannotBeStopped() {
        String id = caller.submit("true");
        caller.awaitEnd(id);

        Answer answer = caller.post("jobs/" + id + "/stop/", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains(id, "SUCCEEDED");
    }

    @Test
    void closingAnAgentOnATemporaryDirectoryLeavesNoProcessAndNoFile() {
        String id = caller.submit("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        caller.awaitLog(id, "ready");
        long leader = caller.awaitPid(id);

        agent.close();

        assertThat(Processes.ofGroup(leader)).isEmpty();
        assertThat(agent.dataDirectory()).doesNotExist();
    }
}
