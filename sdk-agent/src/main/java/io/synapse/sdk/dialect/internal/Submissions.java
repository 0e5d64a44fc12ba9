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

/** How a job is submitted, to an agent and to Ray alike (wire/ray.md, section 1), so that it exists once. */
public final class Submissions {
    private static final String SUBMISSION_ID = "submission_id";

    private Submissions() {}

    /**
     * Submits a job with what was set only, since older servers refuse fields that they do not know. When a reply is
     * lost, its id tells whether it is there. The answer is read as a map: as modules,
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
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.post(path, ResponseType.object())
                .json(submission.submissionId(id).properties());
        boolean idIsOurs = submission.submissionId() == null;
        return new CompositeOperation.Verified<>(request, ours, idIsOurs)
                .map(submitted -> checkedId(id, submitted.get(SUBMISSION_ID)));
    }

    /** A reply to another request, as a confused proxy sends it, must not be taken for this one's. */
    private static String checkedId(String id, @Nullable Object submitted) {
        if (submitted instanceof String other && !other.equals(id)) {
            throw new UnexpectedResponseException(
                    Failure.of(200, "the job " + id + " was submitted, but the reply is about the job " + other)
                            .mayHaveBeenExecuted(true));
        }
        return id;
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
