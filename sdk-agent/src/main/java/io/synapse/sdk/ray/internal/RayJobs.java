package io.synapse.sdk.ray.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.dialect.internal.Submissions;
import io.synapse.sdk.internal.tail.LogFeed;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.internal.tail.NodeQuestion;
import io.synapse.sdk.ray.internal.tail.RayHttpLog;
import io.synapse.sdk.ray.internal.tail.RayLogFile;
import io.synapse.sdk.ray.internal.tail.RayWebSocketLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Jobs in the words of Ray's Jobs API (wire/ray.md, section 1). */
final class RayJobs {
    /** A job deleted within a second of its end comes back as a failed one (wire/ray.md, section 0). */
    private static final Duration SETTLING = Duration.ofMillis(2500);

    /** A job that ended so long ago has settled, even if this machine's clock is not quite right. */
    private static final Duration LONG_AGO = Duration.ofMinutes(1);

    /** What a job that was submitted just now may need to begin. */
    private static final Duration BEGINNING = Duration.ofSeconds(3);

    /** An id that Ray gives itself. It looks for a driver of an id before it looks for a submission of that id. */
    private static final Pattern DRIVER_ID = Pattern.compile("[0-9a-fA-F]{8}");

    private RayJobs() {}

    static Operation<List<Job>> list() {
        return Endpoint.get("api/jobs/", ResponseType.listOf(Job.class));
    }

    static Endpoint<Job> get(String id) {
        return Endpoint.get(Endpoint.path("api/jobs/{}", id), Job.class);
    }

    /** Not of {@code api/jobs/{id}/logs}, which fails on bytes that are no UTF-8 and needs the head's memory. */
    static Operation<String> logs(String id, Operation<Boolean> failsInBand) {
        return get(id).then(job -> {
            if (job.submissionId() == null) {
                throw BadRequestException.refused("job " + id + " was not submitted: nothing keeps a log of it");
            }
            if (job.driverNodeId() != null) {
                return logs(job, job.driverNodeId(), failsInBand);
            }
            return job.status().isTerminal() ? logsOfNeverBegun(job, failsInBand) : Operation.of("");
        });
    }

    /** What was done to begin such a job, and why that failed, is told on the head. */
    private static Operation<String> logsOfNeverBegun(Job job, Operation<Boolean> failsInBand) {
        return NodeQuestion.head()
                .map(NodeQuestion::id)
                .then(head -> head.map(
                                node -> logs(job, node, failsInBand).recover(NotFoundException.class, neverTold -> ""))
                        .orElseGet(() -> Operation.of("")));
    }

    private static Operation<String> logs(Job job, String node, Operation<Boolean> failsInBand) {
        return RayLogFile.withoutReport(new RayLogFile(node, job.id()).asItIs(), failsInBand)
                .recover(NotFoundException.class, missing -> {
                    if (job.status().isTerminal()) {
                        throw missing;
                    }
                    return "";
                });
    }

    static LogEndpoint log(String id, Operation<Boolean> failsInBand, Semaphore slots) {
        return LogFeed.overHttp(
                LogFeed.Subject.job(id),
                get(id).map(job -> new LogFeed.State(job.status(), job.startTime())),
                new RayWebSocketLog(id),
                new RayHttpLog(get(id), failsInBand, slots));
    }

    static Operation<String> submit(String id, JobSubmission submission) {
        if (DRIVER_ID.matcher(id).matches()) {
            throw BadRequestException.refused("job ID " + id + " is of the form that Ray gives to drivers, and would be"
                    + " taken for the driver's: eight hexadecimal digits");
        }
        return RayPackages.uploaded(submission).then(complete -> Submissions.to("api/jobs/", id, complete, get(id)));
    }

    /** Ray says "stopped" of a pending job too, which goes on waiting and may even begin (ray#58353). */
    static Operation<@Nullable Void> stop(String id) {
        return Operation.deferred(() -> {
            AtomicBoolean replyLost = new AtomicBoolean();
            Operation<Optional<Map<String, @Nullable Object>>> stopAgain = Operation.deferred(() -> {
                replyLost.set(true); // the first request may be what stopped the job before the second came
                return Operation.of(Optional.empty());
            });
            return Endpoint.post(Endpoint.path("api/jobs/{}/stop", id), ResponseType.object())
                    .verifiedBy(stopAgain)
                    .then(answer ->
                            Boolean.TRUE.equals(answer.get("stopped")) ? stopped(id) : notStopped(id, replyLost.get()));
        });
    }

    private static Operation<@Nullable Void> stopped(String id) {
        Polling soon =
                Polling.every(Duration.ofMillis(500), BEGINNING, "job " + id + " to begin, so that it can be stopped");
        return get(id).until(job -> !job.status().equals(JobStatus.PENDING), soon, seen -> {})
                .recover(RequestTimeoutException.class, timeout -> {
                    throw timeout.getCause() != null ? timeout : stillPending(id);
                })
                .then(job -> Operation.nothing());
    }

    private static ConflictException stillPending(String id) {
        return new ConflictException(Failure.of(
                409,
                "job " + id + " is still pending, and Ray cannot stop a job before it begins: it stays pending, and is"
                        + " stopped just after its entrypoint was started"));
    }

    private static Operation<@Nullable Void> notStopped(String id, boolean perhapsBefore) {
        return get(id).then(job -> {
            if (perhapsBefore && job.status().equals(JobStatus.STOPPED)) {
                return Operation.nothing();
            }
            if (job.status().isTerminal()) {
                throw BadRequestException.refused("job " + id + " is over already: " + job.status());
            }
            throw new ConflictException(Failure.of(
                    409, "job " + id + " is " + job.status() + ", but Ray finds nothing there that it could stop"));
        });
    }

    static Operation<@Nullable Void> delete(String id) {
        return Operation.deferred(() -> {
            Settling settling = new Settling();
            Polling polling =
                    Polling.every(Duration.ofMillis(500), SETTLING.multipliedBy(4), "job " + id + " to settle");
            return get(id).until(settling::hasSettled, polling, seen -> {})
                    .then(job -> Endpoint.delete(Endpoint.path("api/jobs/{}", id)));
        });
    }

    /** Watches a job until it can be deleted for good. */
    private static final class Settling {
        private @Nullable Instant seenOver;

        boolean hasSettled(Job job) {
            if (!job.status().isTerminal()) {
                throw new ConflictException(
                        Failure.of(409, "job " + job.id() + " is not over but " + job.status() + ": stop it first"));
            }
            Instant now = Instant.now();
            if (seenOver == null) {
                seenOver = now;
            }
            Instant ended = job.endTime();
            return ended != null && ended.plus(LONG_AGO).isBefore(now)
                    || !seenOver.plus(SETTLING).isAfter(now);
        }
    }
}
