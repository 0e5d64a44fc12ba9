package io.synapse.sdk.dialect.internal;

import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a job is submitted, to an agent and to Ray alike (wire/ray.md, section 1), so that it exists once. */
public final class Submissions {
    private static final String SUBMISSION_ID = "submission_id";

    private Submissions() {}

    /**
     * Submits a job; when a reply is lost, its id tells whether it is there. The answer is read as a map: as modules,
     * the JSON library cannot make a record of a room that is not exported.
     *
     * @param path where jobs are submitted
     * @param id the id that it is to have
     * @param lookup asks for the job of that id
     */
    public static Operation<String> to(String path, String id, JobSubmission submission, Operation<Job> lookup) {
        Operation<Optional<Map<String, @Nullable Object>>> ours = lookup.map(
                        found -> Optional.of(ours(id, submission, found)))
                .recover(NotFoundException.class, missing -> Optional.empty());
        return Endpoint.post(path, ResponseType.object())
                .json(body(id, submission))
                .verifiedBy(ours)
                .map(submitted -> submitted.get(SUBMISSION_ID) instanceof String given ? given : id);
    }

    /** What was not asked for is left out: older servers refuse fields that they do not know. */
    private static Map<String, Object> body(String id, JobSubmission submission) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("entrypoint", submission.entrypoint());
        body.put(SUBMISSION_ID, id);
        body.put("runtime_env", presentOrNull(submission.runtimeEnv()));
        body.put("metadata", presentOrNull(submission.metadata()));
        body.put("entrypoint_num_cpus", submission.entrypointNumCpus());
        body.put("entrypoint_num_gpus", submission.entrypointNumGpus());
        body.put("entrypoint_memory", submission.entrypointMemory());
        body.put("entrypoint_resources", presentOrNull(submission.entrypointResources()));
        body.put("entrypoint_label_selector", presentOrNull(submission.entrypointLabelSelector()));
        Map<String, Object> present = new LinkedHashMap<>();
        body.forEach((name, value) -> {
            if (value != null) {
                present.put(name, value);
            }
        });
        return present;
    }

    private static @Nullable Object presentOrNull(Map<String, ?> map) {
        return map.isEmpty() ? null : map;
    }

    /** The job that is there after a lost reply; another's of the same id is not ours. */
    private static Map<String, @Nullable Object> ours(String id, JobSubmission submission, Job found) {
        if (found.entrypoint() == null || Objects.equals(found.entrypoint(), submission.entrypoint())) {
            return Map.of(SUBMISSION_ID, id);
        }
        throw new ConflictException(
                Failure.of(409, "there is another job with the submission ID " + id + ", of another entrypoint"));
    }
}
