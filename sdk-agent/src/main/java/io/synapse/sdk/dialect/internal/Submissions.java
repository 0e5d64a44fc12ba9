package io.synapse.sdk.dialect.internal;

import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.internal.operation.CompositeOperation;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Submits a job to an agent or to Ray (wire/ray.md, section 1) so that it is created once. */
public final class Submissions {
    private static final String SUBMISSION_ID = "submission_id";

    private Submissions() {}

    /**
     * Submits a job with only the properties that were set, since older servers reject unknown fields. After a lost
     * response the job is looked up by its id. The response is read as a map: the JSON library has no access to records
     * of packages that a module does not export.
     *
     * @param path the path for submissions
     * @param id the submission id
     * @param lookup the operation that returns the job with that id
     */
    public static Operation<String> to(String path, String id, JobSubmission submission, Operation<Job> lookup) {
        Operation<Optional<Map<String, @Nullable Object>>> submitted = lookup.map(
                        found -> Optional.of(reply(id, submission, found)))
                .recover(NotFoundException.class, missing -> Optional.empty());
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.post(path, ResponseType.object())
                .json(submission.submissionId(id).properties());
        boolean isGeneratedId = submission.submissionId() == null;
        return new CompositeOperation.Verified<>(request, submitted, isGeneratedId)
                .map(reply -> checkedId(id, reply.get(SUBMISSION_ID)));
    }

    /** Rejects a response that belongs to another request, as a faulty proxy may send. */
    private static String checkedId(String id, @Nullable Object submitted) {
        if (submitted instanceof String other && !other.equals(id)) {
            throw new UnexpectedResponseException(
                    Failure.of(200, "the job " + id + " was submitted, but the reply is about the job " + other)
                            .mayHaveBeenExecuted(true));
        }
        return id;
    }

    /** The reply that was lost, from the job that was found, unless that has another entrypoint. */
    private static Map<String, @Nullable Object> reply(String id, JobSubmission submission, Job found) {
        if (found.entrypoint() == null || Objects.equals(found.entrypoint(), submission.entrypoint())) {
            return Map.of(SUBMISSION_ID, id);
        }
        throw new ConflictException(
                Failure.of(409, "there is another job with the submission ID " + id + ", of another entrypoint"));
    }
}
