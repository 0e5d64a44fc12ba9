package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.Actor;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.ray.StateFilter;
import io.synapse.sdk.ray.StateQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job's life on a real cluster, from its submission to its deletion. */
@WithRayCluster
@Timeout(180)
@Tag("one-jdk")
class RayJobsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** No node has it. */
    private static final Map<String, Double> NOWHERE = Map.of("nowhere", 1.0);

    @Test
    void theClusterTakesEveryField(RayCluster cluster, RayClient client, @TempDir Path folder) throws Exception {
        Path enough = folder.resolve("enough");
        String id = client.submitJob(
                JobSubmission.of("echo A is $A; while [ ! -e " + enough + " ]; do sleep 0.1; done; exit 3")
                        .submissionId("every field, 100 more")
                        .environmentVariable("A", "1 \"2\" ä")
                        .metadata(Map.of("team", "vision"))
                        .entrypointNumCpus(0.25)
                        .entrypointMemory(1 << 20)
                        .entrypointResources(Map.of("node:__internal_head__", 0.001)));
        assertThat(id).isEqualTo("every field, 100 more");
        awaitLog(client, id, "A is 1 \"2\" ä\n");

        Job running = client.getJob(id);
        assertThat(running.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(running.driverNodeId()).isEqualTo(cluster.head().id());
        assertThat(running.metadata()).containsEntry("team", "vision");
        assertThat(running.runtimeEnv()).containsEntry("env_vars", Map.of("A", "1 \"2\" ä"));
        assertThat(resourcesOf(client, id))
                .containsEntry("CPU", 0.25)
                .containsEntry("memory", (double) (1 << 20))
                .containsEntry("node:__internal_head__", 0.001);
        Files.createFile(enough);

        Job ended = client.waitForJob(id, PATIENCE);
        assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
        assertThat(ended.driverExitCode()).isEqualTo(3);
        assertThat(client.getJobLogs(id)).isEqualTo(Files.readString(cluster.jobLog(id)));
        assertThat(client.listJobs()).contains(ended);
    }

    @Test
    void anIdCanBeHadOnce(RayClient client) {
        JobSubmission submission = JobSubmission.of("echo once").submissionId("had-once");
        client.submitJob(submission);
        Job first = client.waitForJob("had-once", PATIENCE);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> client.submitJob(submission))
                .withMessageContaining("Job with submission_id had-once already exists")
                .satisfies(taken -> {
                    assertThat(taken.statusCode()).isEqualTo(409);
                    assertThat(taken.mayHaveBeenExecuted()).isFalse();
                    assertThat(taken.detail().orElseThrow().toString()).startsWith("Traceback");
                });
        assertThat(client.getJob("had-once")).isEqualTo(first);
    }

    @Test
    void twentySubmittedAtOnceAreTwentyThatRun(RayClient client) {
        List<CompletableFuture<String>> submitted = Stream.generate(
                        () -> client.async().submitJob(JobSubmission.of("echo one of twenty")))
                .limit(20)
                .toList();

        List<String> ids = submitted.stream().map(CompletableFuture::join).toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids)
                .allSatisfy(id -> assertThat(
                                client.waitForJob(id, PATIENCE.multipliedBy(2)).status())
                        .isEqualTo(JobStatus.SUCCEEDED));
        assertThat(client.listJobs().stream().filter(job -> "echo one of twenty".equals(job.entrypoint())))
                .extracting(Job::id)
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void whoWaitsIsToldOfEachState(RayClient client) {
        String id = client.submitJob(JobSubmission.of("sleep 2"));
        List<JobStatus> told = new CopyOnWriteArrayList<>();

        Job job = client.waitForJob(id, PATIENCE, seen -> told.add(seen.status()));

        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(told).doesNotHaveDuplicates().endsWith(JobStatus.RUNNING, JobStatus.SUCCEEDED);
    }

    @Test
    void aJobThatMindsNoSignalIsKilled(RayClient client) {
        String id = client.submitJob(JobSubmission.of("trap '' TERM; echo up; while :; do sleep 0.1; done"));
        awaitLog(client, id, "\nup\n");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> client.deleteJob(id))
                .withMessage("job " + id + " is not over but RUNNING: stop it first");
        long begin = System.nanoTime();

        client.stopJob(id);

        assertThat(client.waitForJob(id, PATIENCE).status()).isEqualTo(JobStatus.STOPPED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(3));
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> client.stopJob(id))
                .withMessage("job " + id + " is over already: STOPPED");
    }

    @Test
    void aPendingJobIsNotSaidToBeStopped(RayClient client) {
        String id = client.submitJob(JobSubmission.of("echo never").entrypointResources(NOWHERE));

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> client.stopJob(id))
                .withMessageStartingWith("job " + id + " is still pending, and Ray cannot stop a job before it begins");

        assertThat(client.getJob(id).status()).isEqualTo(JobStatus.PENDING);
        assertThat(client.getJobLogs(id)).isEmpty();
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> client.deleteJob(id));
    }

    @Test
    void aJobDeletedRightAfterItsEndDoesNotComeBack(RayClient client) {
        String id = client.submitJob(JobSubmission.of("true"));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> client.getJob(id).status().isTerminal());

        client.deleteJob(id);

        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.getJob(id));
            assertThat(client.listJobs()).extracting(Job::id).doesNotContain(id);
        });
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.stopJob(id));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.deleteJob(id));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.getJobLogs(id));
    }

    @Test
    void whyAJobNeverBeganIsInItsLog(RayClient client) {
        String id = client.submitJob(JobSubmission.of("true").workingDir("gcs://_ray_pkg_0000.zip"));

        Job job = client.waitForJob(id, PATIENCE);

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(client.getJobLogs(id)).contains("Failed to download runtime_env file package");
    }

    private static void awaitLog(RayClient client, String id, String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.getJobLogs(id)).contains(text));
    }

    /** What the actor that runs a job holds for it. */
    private static Map<String, Double> resourcesOf(RayClient client, String id) {
        StateFilter named = StateFilter.equal("name", "_ray_internal_job_actor_" + id);
        List<Actor> actors =
                client.listActors(StateQuery.where(named).detail(true)).result();
        assertThat(actors).hasSize(1);
        return actors.get(0).requiredResources();
    }
}
