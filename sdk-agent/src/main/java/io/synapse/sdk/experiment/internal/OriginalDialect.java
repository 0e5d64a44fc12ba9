package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Page;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.AssignedJob;
import io.synapse.sdk.experiment.ComponentConflict;
import io.synapse.sdk.experiment.ComponentDiff;
import io.synapse.sdk.experiment.ComponentResolution;
import io.synapse.sdk.experiment.ComponentVersion;
import io.synapse.sdk.experiment.ConfigCheck;
import io.synapse.sdk.experiment.ConflictResolution;
import io.synapse.sdk.experiment.CurveQuery;
import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentNotification;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiment.HeartbeatReply;
import io.synapse.sdk.experiment.JobCompletion;
import io.synapse.sdk.experiment.MetricCurve;
import io.synapse.sdk.experiment.MetricTable;
import io.synapse.sdk.experiment.Project;
import io.synapse.sdk.experiment.Run;
import io.synapse.sdk.experiment.RunConfig;
import io.synapse.sdk.experiment.RunKey;
import io.synapse.sdk.experiment.RunQuery;
import io.synapse.sdk.experiment.Sweep;
import io.synapse.sdk.experiment.SyncPart;
import io.synapse.sdk.experiment.SyncReply;
import io.synapse.sdk.experiment.UnsupportedByServerException;
import io.synapse.sdk.experiment.internal.ExperimentNames.ComponentPath;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of the original (wire/experiments.md): what it cannot do is made of what it can, or refused before anything
 * is sent. Its traps are in section 0.
 */
final class OriginalDialect extends ExperimentDialect {
    private final OriginalWorkers workers = new OriginalWorkers(this);

    OriginalDialect(Answers answers) {
        super(answers);
    }

    static UnsupportedByServerException unsupported(String what) {
        return new UnsupportedByServerException(
                Failure.of(501, "this server, the original, cannot " + what + "; nothing was sent"));
    }

    @Override
    public Operation<Page<Project>> projects(@Nullable URI at) {
        return askList(Endpoint.get("api/projects", ResponseType.object()), Project.class)
                .map(Links::only);
    }

    @Override
    public Operation<Page<Run>> runs(RunQuery query, @Nullable URI at) {
        return runs(query.project()).map(runs -> Links.only(RunOrder.of(query, runs)));
    }

    private Operation<List<Run>> runs(String project) {
        return askListField(
                Endpoint.get("api/projects/{}/experiments", ResponseType.object(), project), "experiments", Run.class);
    }

    /** The path of a run named {@code tags} is that of the tags of its project. */
    @Override
    public Operation<Run> getRun(RunKey run) {
        if (!run.run().equals("tags")) {
            return ask(Endpoint.get("api/runs/{}/{}", ResponseType.object(), run.project(), run.run()), Run.class);
        }
        return runs(run.project())
                .map(runs -> runs.stream()
                        .filter(each -> run.run().equals(each.runName()))
                        .findFirst()
                        .orElseThrow(() -> new NotFoundException(
                                Failure.of(404, "Run not found: " + run.project() + "/" + run.run()))));
    }

    /** All columns are asked for: if some are, the original omits the steps. */
    @Override
    public Operation<MetricTable> metrics(RunKey run, List<String> metrics) {
        return MetricAnswers.table(answers(), MetricAnswers.request(run))
                .map(table -> metrics.isEmpty() ? table : RunOrder.onlyMetrics(table, metrics));
    }

    @Override
    public Operation<List<MetricCurve>> curves(CurveQuery query) {
        return OriginalCurves.of(this, query);
    }

    @Override
    public Operation<@Nullable Void> deleteRun(RunKey run) {
        throw unsupported("delete runs");
    }

    @Override
    public Operation<ExperimentJob> rerun(RunKey run, @Nullable String config) {
        Operation<String> text = config != null
                ? Operation.of(config)
                : ask(
                                Endpoint.get("api/runs/{}/{}/config", ResponseType.object(), run.project(), run.run()),
                                RunConfig.class)
                        .map(stored -> stored.content() == null ? "" : stored.content());
        return text.then(yaml -> submit(
                ExperimentSubmission.ofConfig(yaml).project(run.project()).name(run.run())));
    }

    @Override
    public Operation<@Nullable Void> reindex(@Nullable String project) {
        return OriginalReindex.of(this, project);
    }

    @Override
    public Operation<ExperimentJob> submit(ExperimentSubmission submission) {
        return OriginalSubmissions.submit(this, submission);
    }

    @Override
    public Operation<Sweep> submitSweep(ExperimentSubmission submission) {
        throw unsupported("make one job of each point of a grid: it runs all points in one job");
    }

    /** The original cancels finished jobs too, which overwrites how they ended. */
    @Override
    public Operation<@Nullable Void> cancel(String uid) {
        return getJob(uid).then(job -> {
            requireNotEnded(job);
            return tellOnce(
                    Endpoint.post("api/queue/job/{}/cancel", ResponseType.object(), uid),
                    getJob(uid).map(now -> now.status().equals(ExperimentStatus.CANCELLED)));
        });
    }

    private static void requireNotEnded(ExperimentJob job) {
        if (job.status().isTerminal()) {
            throw new ConflictException(
                    Failure.of(409, "the job " + job.experimentUid() + " has ended already: it is " + job.status()));
        }
    }

    @Override
    public Operation<ExperimentJob> retry(String uid) {
        throw unsupported("queue a job again: submit its configuration");
    }

    @Override
    public Operation<List<ExperimentJob>> retrySweep(String sweepId) {
        throw unsupported("queue jobs again");
    }

    @Override
    public Operation<LogChunk> log(String uid, long offset) {
        return Endpoint.get("api/queue/job/{}/log", ResponseType.bytes(), uid)
                .map(bytes -> new LogChunk(0, bytes, true));
    }

    @Override
    public Operation<ConfigCheck> validate(String config, @Nullable String hostId) {
        throw unsupported("check a configuration");
    }

    /** Its own request for a hash answers with nothing; a comparison of a version with itself has its text. */
    @Override
    public Operation<ComponentVersion> version(String hash) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.post(
                        "api/components/versions/diff", ResponseType.object())
                .json(Map.of("from_hash", hash, "to_hash", hash))
                .idempotent();
        return ask(request, ComponentDiff.class)
                .map(diff -> new ComponentVersion(
                        hash, diff.path(), null, null, null, null, null, diff.toContent(), Map.of()));
    }

    /** A version is known by its hash alone: the same text under a second path is taken for the first one. */
    @Override
    public Operation<ComponentVersion> upload(ComponentPath path, String content, boolean activate) {
        return ask(ComponentVersions.upload(path, content, activate), ComponentVersion.class)
                .map(version -> {
                    if (version.path() != null && !version.path().equals(path.toString())) {
                        throw new ConflictException(Failure.of(
                                        409,
                                        "this server, the original, has the same text as " + version.path()
                                                + ", and stores no text under two paths")
                                .mayHaveBeenExecuted(true));
                    }
                    return version;
                });
    }

    @Override
    public Operation<ComponentVersion> activate(ComponentPath path, String hash) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.post(
                        "api/components/versions/activate", ResponseType.object())
                .json(Map.of("hash", hash))
                .idempotent();
        return askList(ComponentVersions.of(path, false), ComponentVersion.class)
                .then(versions -> {
                    if (versions.stream().noneMatch(version -> hash.equals(version.hash()))) {
                        throw ComponentVersions.unknown(hash);
                    }
                    return ask(request, ComponentVersion.class);
                });
    }

    @Override
    public Operation<List<ComponentConflict>> conflicts() {
        throw unsupported("tell conflicts of components: compare them with compareComponents");
    }

    @Override
    public Operation<ComponentResolution> resolve(ComponentPath path, ConflictResolution resolution) {
        throw unsupported("resolve conflicts of components: upload or activate a version");
    }

    @Override
    public Operation<List<ExperimentNotification>> notifications(boolean unreadOnly) {
        throw unsupported("list notifications: it has them in the browser only");
    }

    @Override
    public Operation<ExperimentNotification> answer(String notificationId, String action) {
        throw unsupported("take answers to notifications: it has them in the browser only");
    }

    @Override
    public Operation<HeartbeatReply> heartbeat(DeviceReport report) {
        return workers.heartbeat(report);
    }

    @Override
    public Operation<Optional<AssignedJob>> nextJob(String hostId, Duration wait) {
        return workers.nextJob(hostId, wait);
    }

    @Override
    public Operation<String> jobConfig(String uid) {
        return workers.config(uid);
    }

    @Override
    public Operation<@Nullable Void> confirmStarted(String uid, long pid, @Nullable Integer attempt) {
        return workers.confirmStarted(uid, pid);
    }

    @Override
    public Operation<@Nullable Void> complete(JobCompletion completion) {
        return workers.complete(completion);
    }

    @Override
    public Operation<SyncReply> sync(SyncPart part) {
        return OriginalSync.send(this, part);
    }
}
