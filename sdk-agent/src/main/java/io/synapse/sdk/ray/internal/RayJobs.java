package io.synapse.sdk.ray.internal;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs in the words of Ray's Jobs API (wire/ray.md, section 1). */
final class RayJobs {
    private RayJobs() {}

    static Operation<List<Job>> list() {
        return Endpoint.get("api/jobs/", ResponseType.listOf(Job.class));
    }

    static Operation<Job> get(String id) {
        return Endpoint.get(Endpoint.path("api/jobs/{}", id), Job.class);
    }

    static Operation<String> logs(String id) {
        throw new UnsupportedOperationException();
    }

    static LogEndpoint log(String id) {
        throw new UnsupportedOperationException();
    }

    static Operation<String> submit(String id, JobSubmission submission) {
        throw new UnsupportedOperationException();
    }

    static Operation<@Nullable Void> stop(String id) {
        return Endpoint.post(Endpoint.path("api/jobs/{}/stop", id), ResponseType.nothing());
    }

    static Operation<@Nullable Void> delete(String id) {
        return Endpoint.delete(Endpoint.path("api/jobs/{}", id)).recover(ClientException.class, failure -> {
            throw new ConflictException(Failure.of(409, "not over"));
        });
    }
}
