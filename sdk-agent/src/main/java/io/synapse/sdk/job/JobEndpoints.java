package io.synapse.sdk.job;

import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.dialect.internal.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous job operations. */
final class JobEndpoints {
    private static final Duration FIRST_INTERVAL = Duration.ofMillis(500);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(5);

    private static final String JOB = "job";

    private JobEndpoints() {}

    static Operation<List<Job>> list() {
        return Operation.forDialect(Dialect.class, Dialect::listJobs);
    }

    static Operation<List<Job>> list(JobFilter filter) {
        return list().map(filter::of);
    }

    static Operation<Job> get(String id) {
        return Operation.forDialect(Dialect.class, dialect -> dialect.getJob(dialect.checkedId(JOB, id)))
                .map(job -> checked(id, job));
    }

    /** Rejects a response that belongs to another request, as a faulty proxy may send. */
    private static Job checked(String id, Job job) {
        if (job.id().isEmpty() || id.equals(job.submissionId()) || id.equals(job.jobId())) {
            return job;
        }
        throw new UnexpectedResponseException(
                Failure.of(200, "the job " + id + " was asked for, but the reply is about the job " + job.id()));
    }

    static Operation<String> logs(String id) {
        return Operation.forDialect(Dialect.class, dialect -> dialect.getJobLogs(dialect.checkedId(JOB, id)));
    }

    static LogEndpoint log(String id) {
        return LogEndpoint.forDialect(Dialect.class, dialect -> dialect.jobLog(dialect.checkedId(JOB, id)));
    }

    /**
     * The id is chosen when the operation is performed: performing it twice creates two jobs, retrying a call creates
     * one.
     */
    static Operation<String> submit(JobSubmission submission) {
        return Operation.forDialect(Dialect.class, dialect -> {
            String given = submission.submissionId();
            String id = given == null ? SubmissionIds.next() : dialect.checkedId(JOB, given);
            return dialect.submitJob(id, submission);
        });
    }

    static Operation<@Nullable Void> stop(String id) {
        return Operation.forDialect(Dialect.class, dialect -> dialect.stopJob(dialect.checkedId(JOB, id)));
    }

    static Operation<@Nullable Void> delete(String id) {
        return Operation.forDialect(Dialect.class, dialect -> dialect.deleteJob(dialect.checkedId(JOB, id)));
    }

    static Operation<Job> await(String id, Duration timeout, Consumer<? super Job> onChange) {
        return Operation.deferred(() -> {
            Polling polling = Polling.every(FIRST_INTERVAL, timeout, "job " + id + " to end")
                    .maxInterval(MAX_INTERVAL);
            return get(id).until(job -> job.status().isTerminal(), polling, changesOnly(onChange));
        });
    }

    private static Consumer<Job> changesOnly(Consumer<? super Job> onChange) {
        AtomicReference<@Nullable JobStatus> last = new AtomicReference<>();
        return job -> {
            if (!job.status().equals(last.getAndSet(job.status()))) {
                onChange.accept(job);
            }
        };
    }
}
