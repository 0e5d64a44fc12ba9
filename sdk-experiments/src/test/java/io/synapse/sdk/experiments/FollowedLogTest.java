package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.experiment.AssignedJob;
import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiment.JobCompletion;
import io.synapse.sdk.experiment.SyncPart;
import io.synapse.sdk.experiment.SyncTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs of jobs that are followed at a real server, whose worker is played by the client. */
@Timeout(120)
class FollowedLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedExperiments server =
            EmbeddedExperiments.builder().workerTimeout(Duration.ofSeconds(1)).start();
    private final ExperimentClient client = TestServer.client(server.baseUrl(), server.token());
    private final String uid = client.submitExperiment(
                    ExperimentSubmission.ofConfig("lr: 1\n").project("demo"))
            .experimentUid();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void theRestOfALogIsThatOfTheSameAttempt() {
        take("w1");
        client.confirmStarted(uid, 1, 1);
        write("one\n", 1);
        CompletableFuture<Void> following = follow();
        await().atMost(PATIENCE).until(() -> lines.contains("one")); // w1 is silent from now on

        AssignedJob second = take("w2");
        assertThat(second.attempt()).isEqualTo(2);
        write("one\nof the second\n", 2);

        await().atMost(PATIENCE).until(() -> following.isDone() || lines.size() > 1);
        assertThat(lines).containsExactly("one");
        assertThatThrownBy(following::join).hasCauseInstanceOf(LogLostException.class);
    }

    @Test
    void whatComesWithTheEndOfAJobIsDelivered() {
        take("w1");
        client.confirmStarted(uid, 1, 1);
        CompletableFuture<Void> following = follow();
        write("one\n", 1);
        await().atMost(PATIENCE).until(() -> {
            client.sendHeartbeat(DeviceReport.of("w1").activeJobs(List.of(uid)));
            return lines.contains("one");
        });

        write("one\ntwo\nhalf", 1);
        client.completeJob(JobCompletion.succeeded(uid).attempt(1));

        following.join();
        assertThat(lines).containsExactly("one", "two", "half");
    }

    private CompletableFuture<Void> follow() {
        return CompletableFuture.runAsync(() -> {
            try (LogStream log = client.tailExperimentLogs(uid)) {
                log.forEach(lines::add);
            }
        });
    }

    private AssignedJob take(String host) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            client.sendHeartbeat(DeviceReport.of(host));
                            return client.nextJob(host, Duration.ZERO);
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private void write(String log, int attempt) {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        client.syncFile(SyncPart.of(SyncTarget.EXPERIMENT, uid, "terminal_log.log", 0, bytes)
                .replacing(bytes.length)
                .attempt(attempt));
    }
}
