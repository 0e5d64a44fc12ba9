package io.synapse.sdk.experiment.internal.log;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogFeed;
import io.synapse.sdk.internal.tail.LogSource;
import io.synapse.sdk.internal.tail.TailContext;

/**
 * The log of a job, read again and again: from where it was read to before, or as a whole from the original. A WebSocket
 * does not tell where lines end (wire/experiments.md, section 4), so there is no other way.
 *
 * @param uid the job
 */
public record QueueLog(String uid) implements LogSource {
    /** The log of a job as it is followed. */
    public static LogEndpoint of(String uid) {
        QueueLog source = new QueueLog(uid);
        return LogFeed.overHttp(LogFeed.Subject.job(uid), source.state(), source, source);
    }

    @Override
    public LogConnection connection(HttpTransport transport, TailContext context, Resume from) {
        return new QueueLogConnection(context, this, from.offset());
    }

    Operation<LogFeed.State> state() {
        return job().map(job -> new LogFeed.State(status(job), job.startedAt()));
    }

    Operation<ExperimentJob> job() {
        return ExperimentProtocol.with(dialect -> dialect.getJob(uid));
    }

    /** A worker that is to stop its job may still have some of its output. */
    static JobStatus status(ExperimentJob job) {
        ExperimentStatus status = job.status();
        if (!status.isTerminal()) {
            return status.equals(ExperimentStatus.RUNNING) ? JobStatus.RUNNING : JobStatus.PENDING;
        }
        if (job.isStopping()) {
            return JobStatus.RUNNING;
        }
        return status.equals(ExperimentStatus.COMPLETED)
                ? JobStatus.SUCCEEDED
                : status.equals(ExperimentStatus.CANCELLED) ? JobStatus.STOPPED : JobStatus.FAILED;
    }
}
