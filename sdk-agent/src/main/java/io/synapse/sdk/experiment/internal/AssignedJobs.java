package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.AssignedJob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes to and from a worker in both dialects (wire/experiments.md, section 3). */
final class AssignedJobs {
    private AssignedJobs() {}

    static Optional<AssignedJob> read(Answers answers, Endpoint<?> request, Map<String, @Nullable Object> answer) {
        Object job = Copies.object(answers.content(request, answer)).get("job");
        return job == null ? Optional.empty() : Optional.of(answers.convert(request, job, AssignedJob.class));
    }

    static Map<String, @Nullable Object> confirmation(String uid, long pid, @Nullable Integer attempt) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("experiment_uid", uid);
        body.put("pid", pid);
        if (attempt != null) {
            body.put("attempt", attempt);
        }
        return body;
    }
}
