package io.synapse.sdk.experiments.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.Failure;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.Models;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.experiment.AssignedJob;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.job.JobOperations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HeldJobsTest {
    @TempDir
    private Path folder;

    @Test
    void whatAnAnsweredReportDidNotListIsNotStoppedByTheAnswer() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        try (ExperimentClient server = ExperimentClient.builder()
                        .baseUrl(URI.create("http://127.0.0.1:9"))
                        .experimentsToken("none")
                        .build();
                HeldJobs held = new HeldJobs(parts(server), folder, () -> looks.incrementAndGet() < 0, () -> {})) {
            held.take(attempt(1));
            Map<String, Integer> listed = held.attempts();
            held.take(attempt(2)); // while the report is on its way
            await().until(() -> held.size() == 1); // the earlier attempt ends

            held.stop(listed);
            int before = looks.get();
            await().until(() -> looks.get() > before + 2); // the later one waits for its start as before
            assertThat(held.attempts()).containsExactly(Map.entry("u", 2));
            held.stop(held.attempts());
            await().until(() -> held.size() == 0);
        }
    }

    /** A place where nothing runs. */
    private static WorkerParts parts(ExperimentClient server) {
        JobOperations none = new JobOperations() {
            @Override
            public <T> T perform(Operation<T> operation) {
                throw new NotFoundException(Failure.of(404, "there is no such job"));
            }

            @Override
            public LogStream follow(LogEndpoint endpoint, TailOptions options) {
                throw new NotFoundException(Failure.of(404, "there is no such job"));
            }
        };
        JobPlace place = JobPlace.elsewhere(none, new CommandLineTemplate(List.of("true")), submission -> submission);
        Duration look = Duration.ofMillis(10);
        return new WorkerParts(server, place, "w", "identity", look, look, look);
    }

    private static AssignedJob attempt(int number) {
        return Models.of(AssignedJob.class, Map.of("experiment_uid", "u", "attempt", number, "project", "demo"));
    }
}
