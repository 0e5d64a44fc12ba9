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

/** Operations of Ray's Jobs API (wire/ray.md, section 1). */
final class RayJobs {
    /** A job deleted within a second of its end reappears as a failed one (wire/ray.md, section 0). */
    private static final Duration SETTLING = Duration.ofMillis(2500);

    /** A job that ended this long ago has settled, even if this machine's clock is wrong by some seconds. */
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(1);

    /** The time that a job may need to start after its submission. */
    private static final Duration START_TIME = Duration.ofSeconds(3);

    /** The form of ids that Ray assigns. It looks up a driver by its id before a submission. */
    private static final Pattern DRIVER_ID = Pattern.compile("[0-9a-fA-F]{8}");

    private RayJobs() {}

    static Operation<List<Job>> list() {
        return Endpoint.get("api/jobs/", ResponseType.listOf(Job.class));
    }

    static Endpoint<Job> get(String id) {
        return Endpoint.get(Endpoint.path("api/jobs/{}", id), Job.class);
    }

    /** Without {@code api/jobs/{id}/logs}, which fails on invalid UTF-8 and holds the log in the head's memory. */
    static Operation<String> logs(String id, Operation<Boolean> failsInBand) {
        return get(id).then(job -> {
            if (job.submissionId() == null) {
                throw BadRequestException.refused("job " + id + " was not submitted: nothing keeps a log of it");
            }
            if (job.driverNodeId() != null) {
                return logs(job, job.driverNodeId(), failsInBand);
            }
            return job.status().isTerminal() ? logsWithoutDriver(job, failsInBand) : Operation.of("");
        });
    }

    /** The log of a job that failed to start is on the head node. */
    private static Operation<String> logsWithoutDriver(Job job, Operation<Boolean> failsInBand) {
        return NodeQuestion.head()
                .map(NodeQuestion::id)
                .then(head -> head.map(
                                node -> logs(job, node, failsInBand).recover(NotFoundException.class, missing -> ""))
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

    /** Ray reports a pending job as stopped too, although it remains pending and may still start (ray#58353). */
    static Operation<@Nullable Void> stop(String id) {
        return Operation.deferred(() -> {
            AtomicBoolean replyLost = new AtomicBoolean();
            Operation<Optional<Map<String, @Nullable Object>>> stopAgain = Operation.deferred(() -> {
                replyLost.set(true); // the first request may have stopped the job
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
                Polling.every(Duration.ofMillis(500), START_TIME, "job " + id + " to begin, so that it can be stopped");
        return get(id).until(job -> !job.status().equals(JobStatus.PENDING), soon, job -> {})
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

    private static Operation<@Nullable Void> notStopped(String id, boolean isRepeated) {
        return get(id).then(job -> {
            if (isRepeated && job.status().equals(JobStatus.STOPPED)) {
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
            return get(id).until(settling::hasSettled, polling, job -> {})
                    .then(job -> Endpoint.delete(Endpoint.path("api/jobs/{}", id)));
        });
    }

    /** Checks whether a job can be deleted without reappearing. */
    private static final class Settling {
        private @Nullable Instant firstSeenEnded;

        boolean hasSettled(Job job) {
            if (!job.status().isTerminal()) {
                throw new ConflictException(
                        Failure.of(409, "job " + job.id() + " is not over but " + job.status() + ": stop it first"));
            }
            Instant now = Instant.now();
            if (firstSeenEnded == null) {
                firstSeenEnded = now;
            }
            Instant ended = job.endTime();
            return ended != null && ended.plus(SETTLED_AFTER).isBefore(now)
                    || !firstSeenEnded.plus(SETTLING).isAfter(now);
        }
    }
}
