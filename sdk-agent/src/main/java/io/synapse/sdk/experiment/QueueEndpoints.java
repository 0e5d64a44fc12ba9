package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.dialect.internal.Ids;
import io.synapse.sdk.experiment.internal.ExperimentDialect;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import io.synapse.sdk.experiment.internal.JobPages;
import io.synapse.sdk.experiment.internal.log.QueueLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous queue operations (wire/experiments.md, sections 2 and 5). */
final class QueueEndpoints {
    private static final Duration FIRST_INTERVAL = Duration.ofMillis(500);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(5);

    private QueueEndpoints() {}

    static Operation<ExperimentJob> submit(ExperimentSubmission submission) {
        return ExperimentProtocol.with(dialect -> dialect.submit(submission));
    }

    static Operation<Sweep> submitSweep(ExperimentSubmission submission) {
        return ExperimentProtocol.with(dialect -> dialect.submitSweep(submission));
    }

    static Operation<List<ExperimentJob>> retrySweep(String sweepId) {
        return with("sweep", sweepId, ExperimentDialect::retrySweep);
    }

    static Pages<ExperimentJob> list(JobQuery query) {
        return new Pages<>((dialect, link) -> JobPages.queue(dialect, query, link));
    }

    static Pages<ExperimentJob> history(JobQuery query) {
        return new Pages<>((dialect, link) -> JobPages.history(dialect, query, link));
    }

    static Operation<ExperimentJob> get(String uid) {
        return with("job", uid, ExperimentDialect::getJob);
    }

    static Operation<@Nullable Void> cancel(String uid) {
        return with("job", uid, ExperimentDialect::cancel);
    }

    static Operation<@Nullable Void> pause(String uid) {
        return change(uid, "pause", job -> job.status().equals(ExperimentStatus.PAUSED));
    }

    static Operation<@Nullable Void> resume(String uid) {
        return change(uid, "resume", job -> !job.status().equals(ExperimentStatus.PAUSED));
    }

    private static Operation<@Nullable Void> change(String uid, String action, Predicate<ExperimentJob> isDone) {
        return with(
                "job",
                uid,
                (dialect, id) -> dialect.tellOnce(
                        Endpoint.post("api/queue/job/{}/" + action, ResponseType.object(), id),
                        dialect.getJob(id).map(isDone::test)));
    }

    static Operation<@Nullable Void> setPriority(String uid, JobPriority priority) {
        return with(
                "job",
                uid,
                (dialect, id) -> dialect.tell(Endpoint.post("api/queue/job/{}/priority", ResponseType.object(), id)
                        .query("priority", priority)
                        .idempotent()));
    }

    static Operation<ExperimentJob> retry(String uid) {
        return with("job", uid, ExperimentDialect::retry);
    }

    static Operation<ExperimentJob> await(String uid, Duration timeout, Consumer<? super ExperimentJob> onChange) {
        return Operation.deferred(() -> {
            Polling polling = Polling.every(FIRST_INTERVAL, timeout, "job " + uid + " to end")
                    .maxInterval(MAX_INTERVAL);
            return get(uid).until(job -> job.status().isTerminal(), polling, changesOnly(onChange));
        });
    }

    private static Consumer<ExperimentJob> changesOnly(Consumer<? super ExperimentJob> onChange) {
        AtomicReference<@Nullable ExperimentStatus> last = new AtomicReference<>();
        return job -> {
            if (!job.status().equals(last.getAndSet(job.status()))) {
                onChange.accept(job);
            }
        };
    }

    static Operation<String> logs(String uid) {
        return with(
                "job",
                uid,
                (dialect, id) -> Endpoint.get("api/queue/job/{}/log", ResponseType.text(), id)
                        .callTimeout(Duration.ZERO));
    }

    static LogEndpoint log(String uid) {
        return QueueLog.of(Ids.check("job", uid));
    }

    static Operation<QueueStatistics> statistics() {
        return ExperimentProtocol.with(
                dialect -> dialect.ask(Endpoint.get("api/queue/stats", ResponseType.object()), QueueStatistics.class));
    }

    static Operation<Integer> cleanUp(Duration olderThan) {
        return Operation.deferred(() -> {
            if (olderThan.toHours() < 1) {
                throw BadRequestException.refused("jobs are removed after an hour at the earliest, not " + olderThan);
            }
            return ExperimentProtocol.with(dialect -> dialect.askField(
                    Endpoint.post("api/queue/cleanup", ResponseType.object())
                            .query("hours", olderThan.toHours())
                            .idempotent(),
                    "cleaned_count",
                    Integer.class));
        });
    }

    /** The id is checked before the server is asked what it is. */
    static <T extends @Nullable Object> Operation<T> with(
            String what, String id, BiFunction<ExperimentDialect, String, Operation<T>> operation) {
        return Operation.deferred(() -> {
            String checked = what.equals("host") ? ExperimentNames.check(what, id) : Ids.check(what, id);
            return ExperimentProtocol.with(dialect -> operation.apply(dialect, checked));
        });
    }
}
