package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.internal.value.Sha256;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Submits a job to the original once (wire/experiments.md, section 5). It has no keys, and may answer 500 to a job that it
 * has queued; so each job gets a name of its own, and after any reply that does not say that it was queued the client looks
 * for a job of that name before it sends the request again.
 */
final class OriginalSubmissions {
    private static final int MAX_NAME_LENGTH = 100;
    private static final int TOKEN_LENGTH = 16;
    private static final int PAGE_SIZE = 1000;

    /** A request that was cut off may be executed a moment later. */
    private static final int LOOKS = 3;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);
    private static final Set<String> WITH_TEXT = Set.of("config", "name", "project", "priority", "device");
    private static final Set<String> WITH_PATH = Set.of(
            "config_path", "name", "project", "priority", "requirements", "tags", "environment_vars", "metadata");

    private OriginalSubmissions() {}

    static Operation<ExperimentJob> submit(ExperimentDialect dialect, ExperimentSubmission submission) {
        requireSupported(submission);
        String given = submission.idempotencyKey();
        String name = uniqueName(submission.name(), IdempotencyKeys.of(submission));
        Map<String, @Nullable Object> body = new LinkedHashMap<>(submission.properties());
        body.put("name", name);
        String path = submission.config() == null ? "api/queue/submit" : "api/queue/add";
        Endpoint<Map<String, @Nullable Object>> request =
                Endpoint.post(path, ResponseType.object()).json(body);
        Operation<Map<String, @Nullable Object>> once = request.verifiedBy(lookedFor(dialect, name));
        Operation<Map<String, @Nullable Object>> sent = given == null
                ? once
                : find(dialect, name, 0).then(found -> found.isPresent() ? Operation.of(found.get()) : once);
        return sent.map(answer -> dialect.answers()
                .convert(request, dialect.answers().field(request, answer, "job"), ExperimentJob.class));
    }

    private static void requireSupported(ExperimentSubmission submission) {
        Set<String> supported = submission.config() == null ? WITH_PATH : WITH_TEXT;
        List<String> others = submission.properties().keySet().stream()
                .filter(field -> !supported.contains(field))
                .toList();
        if (!others.isEmpty()) {
            throw BadRequestException.refused("this server, the original, does not take " + others
                    + (submission.config() == null
                            ? " with a stored configuration"
                            : " with the text of a configuration: store it with createConfig, and submit its path"));
        }
        if (submission.config() == null && submission.project() == null) {
            throw BadRequestException.refused(
                    "this server, the original, needs the project with a stored configuration");
        }
    }

    /** The name with an end that is the same for the same key, and for no other. */
    private static String uniqueName(@Nullable String given, String key) {
        String name = given == null ? "experiment" : given;
        String token = "-" + Sha256.of(key).substring(0, TOKEN_LENGTH);
        return name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH - token.length())) + token;
    }

    private static Operation<Optional<Map<String, @Nullable Object>>> lookedFor(
            ExperimentDialect dialect, String name) {
        return Operation.deferred(() -> {
            AtomicInteger looks = new AtomicInteger();
            Polling polling = Polling.every(BETWEEN_LOOKS, LONGEST_LOOK, "the job " + name + " to be in the queue");
            return find(dialect, name, 0)
                    .until(found -> found.isPresent() || looks.incrementAndGet() == LOOKS, polling, found -> {});
        });
    }

    /** The answer that the submission of the job of this name has, or would have had. */
    private static Operation<Optional<Map<String, @Nullable Object>>> find(
            ExperimentDialect dialect, String name, int offset) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.get("api/queue/list", ResponseType.object())
                .query("limit", PAGE_SIZE)
                .query("offset", offset);
        return request.then(answer -> {
            List<?> jobs = dialect.answers().field(request, answer, "jobs") instanceof List<?> list ? list : List.of();
            Optional<Map<String, @Nullable Object>> found = jobs.stream()
                    .map(Copies::object)
                    .filter(job -> name.equals(job.get("name")))
                    .findFirst()
                    .map(job -> Copies.with(Map.of(), "job", job));
            return found.isPresent() || jobs.size() < PAGE_SIZE
                    ? Operation.of(found)
                    : find(dialect, name, offset + PAGE_SIZE);
        });
    }
}
