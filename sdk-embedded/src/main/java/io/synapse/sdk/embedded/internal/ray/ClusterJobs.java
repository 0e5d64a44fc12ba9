package io.synapse.sdk.embedded.internal.ray;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.embedded.internal.Json;
import io.synapse.sdk.embedded.internal.backend.JobRequest;
import io.synapse.sdk.embedded.internal.backend.Jobs;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.log.Log;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.job.WorkingDirectory;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs of a cluster, those that were submitted past this agent too. */
final class ClusterJobs implements Jobs {
    private final Cluster cluster;
    private final LogCopies copies;

    ClusterJobs(Cluster cluster, LogCopies copies) {
        this.cluster = cluster;
        this.copies = copies;
    }

    @Override
    public Stream<Map<String, @Nullable Object>> list() {
        List<Job> jobs = cluster.ask(RayClient::listJobs);
        copies.keepOnlyThoseOf(jobs.stream().map(Job::id).collect(Collectors.toSet()));
        return Documents.ofAll(jobs).stream();
    }

    @Override
    public Map<String, @Nullable Object> get(String id) {
        return Documents.of(find(id));
    }

    @Override
    public String submit(JobRequest request) {
        return cluster.ask(client -> client.submitJob(submission(request)));
    }

    /** Uploads all of the files: what they name for git to leave out is left out of nothing here. */
    @Override
    public String submit(JobRequest request, Path files) {
        WorkingDirectory everything = WorkingDirectory.of(files).ignoreFiles(List.of());
        return cluster.ask(client -> client.submitJob(submission(request).workingDirectory(everything)));
    }

    @Override
    public void stop(String id) {
        cluster.ask(client -> {
            client.stopJob(id);
            return id;
        });
    }

    @Override
    public void delete(String id) throws IOException {
        cluster.ask(client -> {
            client.deleteJob(id);
            return id;
        });
        copies.delete(id);
    }

    @Override
    public Log log(String id) {
        Job job = find(id);
        if (job.submissionId() == null) {
            throw new RefusedException(400, "job " + id + " was not submitted: nothing keeps a log of it");
        }
        return new ClusterLog(cluster, copies, job);
    }

    @Override
    public int runningCount() {
        return (int) cluster.ask(RayClient::listJobs).stream()
                .filter(job -> job.status().equals(JobStatus.RUNNING))
                .count();
    }

    private Job find(String id) {
        return cluster.ask(client -> {
            try {
                return client.getJob(id);
            } catch (NotFoundException e) {
                throw new RefusedException(404, "Job " + id + " does not exist");
            }
        });
    }

    private static JobSubmission submission(JobRequest request) {
        JobSubmission submission = JobSubmission.of(request.entrypoint())
                .submissionId(request.submissionId())
                .runtimeEnv(environment(request.runtimeEnv()))
                .metadata(request.metadata())
                .entrypointResources(request.resources())
                .entrypointLabelSelector(request.labelSelector());
        submission = request.cpus() == 0 ? submission : submission.entrypointNumCpus(request.cpus());
        submission = request.gpus() == 0 ? submission : submission.entrypointNumGpus(request.gpus());
        return request.memory() == 0 ? submission : submission.entrypointMemory(request.memory());
    }

    private static Map<String, @Nullable Object> environment(@Nullable JsonNode environment) {
        return environment == null ? Map.of() : Json.MAPPER.convertValue(environment, new TypeReference<>() {});
    }
}
