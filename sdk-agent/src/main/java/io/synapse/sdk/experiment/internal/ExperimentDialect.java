package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Page;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.experiment.AssignedJob;
import io.synapse.sdk.experiment.ComponentConflict;
import io.synapse.sdk.experiment.ComponentResolution;
import io.synapse.sdk.experiment.ComponentVersion;
import io.synapse.sdk.experiment.ConfigCheck;
import io.synapse.sdk.experiment.ConflictResolution;
import io.synapse.sdk.experiment.CurveQuery;
import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentNotification;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiment.HeartbeatReply;
import io.synapse.sdk.experiment.JobCompletion;
import io.synapse.sdk.experiment.MetricCurve;
import io.synapse.sdk.experiment.MetricTable;
import io.synapse.sdk.experiment.Project;
import io.synapse.sdk.experiment.Run;
import io.synapse.sdk.experiment.RunKey;
import io.synapse.sdk.experiment.RunQuery;
import io.synapse.sdk.experiment.Sweep;
import io.synapse.sdk.experiment.SyncPart;
import io.synapse.sdk.experiment.SyncReply;
import io.synapse.sdk.experiment.internal.ExperimentNames.ComponentPath;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one kind of server (wire/experiments.md): what both have in common, and what they differ in. Arguments
 * are already checked.
 */
public abstract sealed class ExperimentDialect permits OriginalDialect, SynapseDialect {
    /** What stands for the answer to a command that was executed although its answer was lost. */
    private static final Map<String, @Nullable Object> EXECUTED = Map.of("data", Map.of());

    private final Answers answers;

    ExperimentDialect(Answers answers) {
        this.answers = answers;
    }

    /** An operation with one model as its result. */
    public final <T> Operation<T> ask(Endpoint<Map<String, @Nullable Object>> request, Class<T> type) {
        return request.map(answer -> answers.read(request, answer, type));
    }

    /**
     * An operation that must not be repeated blindly.
     *
     * @param answered asks for the answer to a request that was executed although its reply was lost
     */
    public final <T> Operation<T> ask(
            Endpoint<Map<String, @Nullable Object>> request,
            Operation<Optional<Map<String, @Nullable Object>>> answered,
            Class<T> type) {
        return request.verifiedBy(answered).map(answer -> answers.read(request, answer, type));
    }

    /** An operation with a list of models as its result. */
    public final <T> Operation<List<T>> askList(Endpoint<Map<String, @Nullable Object>> request, Class<T> type) {
        return request.map(answer -> answers.readList(request, answer, type));
    }

    /** An operation whose result is in a field of the answer. */
    public final <T> Operation<T> askField(
            Endpoint<Map<String, @Nullable Object>> request, String field, Class<T> type) {
        return request.map(answer -> answers.convert(request, answers.field(request, answer, field), type));
    }

    /** An operation whose result is a list in a field of the answer. */
    public final <T> Operation<List<T>> askListField(
            Endpoint<Map<String, @Nullable Object>> request, String field, Class<T> type) {
        return request.map(answer -> answers.convertList(request, answers.field(request, answer, field), type));
    }

    /** An operation without a result that may be repeated. */
    public final Operation<@Nullable Void> tell(Endpoint<Map<String, @Nullable Object>> request) {
        return request.then(answer -> {
            answers.content(request, answer);
            return Operation.nothing();
        });
    }

    /**
     * An operation without a result that must not be repeated blindly.
     *
     * @param executed asks whether it was executed, after a reply that was lost or says that it was not
     */
    public final Operation<@Nullable Void> tellOnce(
            Endpoint<Map<String, @Nullable Object>> request, Operation<Boolean> executed) {
        return request.verifiedBy(executed.map(done -> done ? Optional.of(EXECUTED) : Optional.empty()))
                .then(answer -> {
                    answers.content(request, answer);
                    return Operation.nothing();
                });
    }

    /** One job of the queue. */
    public final Operation<ExperimentJob> getJob(String uid) {
        Endpoint<Map<String, @Nullable Object>> request =
                Endpoint.get("api/queue/experiment/{}", ResponseType.object(), uid);
        return askField(request, "job", ExperimentJob.class).map(job -> {
            if (!job.experimentUid().isEmpty() && !job.experimentUid().equals(uid)) {
                throw new UnexpectedResponseException(Failure.of(
                        200, "the job " + uid + " was asked for, but the reply is about " + job.experimentUid()));
            }
            return job;
        });
    }

    /** How answers are read. */
    final Answers answers() {
        return answers;
    }

    /** Projects; at a link of the page before, or the first page. */
    public abstract Operation<Page<Project>> projects(@Nullable URI at);

    /** Runs; at a link of the page before, or the first page. */
    public abstract Operation<Page<Run>> runs(RunQuery query, @Nullable URI at);

    public abstract Operation<Run> getRun(RunKey run);

    /**
     * All rows of a run.
     *
     * @param metrics those to be in the rows; empty for all
     */
    public abstract Operation<MetricTable> metrics(RunKey run, List<String> metrics);

    public abstract Operation<List<MetricCurve>> curves(CurveQuery query);

    public abstract Operation<@Nullable Void> deleteRun(RunKey run);

    /**
     * Queues the configuration of a run again.
     *
     * @param config another one to use; null for that of the run
     */
    public abstract Operation<ExperimentJob> rerun(RunKey run, @Nullable String config);

    /**
     * Reads the files of a project again.
     *
     * @param project null for all
     */
    public abstract Operation<@Nullable Void> reindex(@Nullable String project);

    public abstract Operation<ExperimentJob> submit(ExperimentSubmission submission);

    public abstract Operation<Sweep> submitSweep(ExperimentSubmission submission);

    public abstract Operation<@Nullable Void> cancel(String uid);

    public abstract Operation<ExperimentJob> retry(String uid);

    public abstract Operation<List<ExperimentJob>> retrySweep(String sweepId);

    /**
     * The output of a job.
     *
     * @param offset how many bytes are known; the answer may begin before them
     */
    public abstract Operation<LogChunk> log(String uid, long offset);

    /**
     * Looks at a configuration without running it.
     *
     * @param hostId the worker that looks; null for the server
     */
    public abstract Operation<ConfigCheck> validate(String config, @Nullable String hostId);

    public abstract Operation<ComponentVersion> version(String hash);

    public abstract Operation<ComponentVersion> upload(ComponentPath path, String content, boolean activate);

    public abstract Operation<ComponentVersion> activate(ComponentPath path, String hash);

    public abstract Operation<List<ComponentConflict>> conflicts();

    public abstract Operation<ComponentResolution> resolve(ComponentPath path, ConflictResolution resolution);

    public abstract Operation<List<ExperimentNotification>> notifications(boolean unreadOnly);

    public abstract Operation<ExperimentNotification> answer(String notificationId, String action);

    public abstract Operation<HeartbeatReply> heartbeat(DeviceReport report);

    public abstract Operation<Optional<AssignedJob>> nextJob(String hostId, Duration wait);

    public abstract Operation<String> jobConfig(String uid);

    /**
     * Confirms that a job was started.
     *
     * @param attempt the number of its attempt; null if it is not known
     */
    public abstract Operation<@Nullable Void> confirmStarted(String uid, long pid, @Nullable Integer attempt);

    public abstract Operation<@Nullable Void> complete(JobCompletion completion);

    public abstract Operation<SyncReply> sync(SyncPart part);
}
