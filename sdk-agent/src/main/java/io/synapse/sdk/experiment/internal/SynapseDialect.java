package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Page;
import io.synapse.sdk.RequestContent;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.dialect.internal.Copies;
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
import io.synapse.sdk.experiment.ExperimentStatus;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The dialect of a server of this project: the extensions of wire/experiments.md. */
final class SynapseDialect extends ExperimentDialect {
    private static final int PAGE_SIZE = 100;
    private static final int MAX_PART = 4 << 20;
    private static final int LOG_CHUNK = 1 << 20;
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** For a check by a worker, to which the server gives two minutes. */
    private static final Duration CHECK_TIME = Duration.ofSeconds(140);

    /** How much longer than the wait for a job its answer may take. */
    private static final Duration SPARE = Duration.ofSeconds(20);

    SynapseDialect(Answers answers) {
        super(answers);
    }

    @Override
    public Operation<Page<Project>> projects(@Nullable URI at) {
        return page(Endpoint.get("api/projects", ResponseType.object()).query("limit", PAGE_SIZE), at, answer -> answer)
                .map(page -> page.read(answers(), Project.class));
    }

    @Override
    public Operation<Page<Run>> runs(RunQuery query, @Nullable URI at) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.get(
                        "api/projects/{}/experiments", ResponseType.object(), query.project())
                .query("limit", query.pageSize());
        if (query.metric() != null) {
            request = request.query("sort", "metric:" + query.metric() + ":" + query.summary())
                    .query("order", query.isDescending() ? "desc" : "asc");
        }
        if (!query.columns().isEmpty()) {
            request = request.query("columns", String.join(",", query.columns()));
        }
        return page(request, at, content -> Copies.object(content).getOrDefault("experiments", List.of()))
                .map(page -> page.read(answers(), Run.class));
    }

    /** A page that is not read yet. */
    private record RawPage(
            Endpoint<?> request,
            Object items,
            @Nullable Object total,
            @Nullable Object cursor) {
        <T> Page<T> read(Answers answers, Class<T> type) {
            return Links.withCursor(answers.convertList(request, items, type), total, cursor);
        }
    }

    private Operation<RawPage> page(
            Endpoint<Map<String, @Nullable Object>> first, @Nullable URI at, Function<Object, @Nullable Object> items) {
        String cursor = Links.cursor(at);
        Endpoint<Map<String, @Nullable Object>> request = cursor == null ? first : first.query("cursor", cursor);
        return request.map(answer -> {
            Object list = items.apply(answers().content(request, answer));
            Map<String, @Nullable Object> meta = Copies.object(answer.get("meta"));
            return new RawPage(request, list == null ? List.of() : list, meta.get("total"), meta.get("next_cursor"));
        });
    }

    /** Under the path of the guide a run may have any name, {@code tags} included. */
    @Override
    public Operation<Run> getRun(RunKey run) {
        return ask(Endpoint.get("api/run/{}/{}", ResponseType.object(), run.project(), run.run()), Run.class);
    }

    @Override
    public Operation<MetricTable> metrics(RunKey run, List<String> metrics) {
        Endpoint<Map<String, @Nullable Object>> request = MetricAnswers.request(run);
        for (String metric : metrics) {
            request = request.query("metrics", metric);
        }
        return MetricAnswers.table(answers(), request);
    }

    @Override
    public Operation<List<MetricCurve>> curves(CurveQuery query) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(
                "runs",
                query.runs().stream()
                        .map(run -> Map.of("project", run.project(), "run", run.run()))
                        .toList());
        body.put("metrics", query.metrics());
        body.put("points", query.points());
        if (query.from() != null) {
            body.put("from", query.from());
        }
        if (query.to() != null) {
            body.put("to", query.to());
        }
        return MetricAnswers.curves(
                answers(),
                Endpoint.post("api/metrics/curves", ResponseType.object())
                        .json(body)
                        .idempotent());
    }

    @Override
    public Operation<@Nullable Void> deleteRun(RunKey run) {
        return Endpoint.delete("api/runs/{}/{}", run.project(), run.run());
    }

    @Override
    public Operation<ExperimentJob> rerun(RunKey run, @Nullable String config) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("project", run.project());
        body.put("run_name", run.run());
        if (config != null) {
            body.put("config", config);
        }
        return askField(once("api/run/rerun", IdempotencyKeys.next()).json(body), "job", ExperimentJob.class);
    }

    @Override
    public Operation<@Nullable Void> reindex(@Nullable String project) {
        return tell((project == null
                        ? Endpoint.post("api/projects/reindex", ResponseType.object())
                        : Endpoint.post("api/projects/reindex/{}", ResponseType.object(), project))
                .idempotent());
    }

    @Override
    public Operation<ExperimentJob> submit(ExperimentSubmission submission) {
        return askField(request(submission, submission.properties()), "job", ExperimentJob.class);
    }

    @Override
    public Operation<Sweep> submitSweep(ExperimentSubmission submission) {
        return ask(request(submission, Copies.with(submission.properties(), "expand", true)), Sweep.class);
    }

    /** The server does a request with the same key once (wire/experiments.md, section 5). */
    private static Endpoint<Map<String, @Nullable Object>> request(
            ExperimentSubmission submission, Map<String, @Nullable Object> body) {
        String path = submission.config() == null ? "api/queue/submit" : "api/queue/add";
        return once(path, IdempotencyKeys.of(submission)).json(body);
    }

    private static Endpoint<Map<String, @Nullable Object>> once(String path, String key) {
        return Endpoint.post(path, ResponseType.object())
                .header(IDEMPOTENCY_KEY, key)
                .idempotent();
    }

    @Override
    public Operation<@Nullable Void> cancel(String uid) {
        return tellOnce(
                Endpoint.post("api/queue/job/{}/cancel", ResponseType.object(), uid),
                getJob(uid).map(job -> job.status().equals(ExperimentStatus.CANCELLED)));
    }

    @Override
    public Operation<ExperimentJob> retry(String uid) {
        return tellOnce(
                        Endpoint.post("api/queue/job/{}/retry", ResponseType.object(), uid),
                        getJob(uid).map(job -> !job.status().isTerminal()))
                .then(done -> getJob(uid));
    }

    /** Points that were queued again are not failed any more: a repetition has no effect on them. */
    @Override
    public Operation<List<ExperimentJob>> retrySweep(String sweepId) {
        return askListField(
                Endpoint.post("api/queue/sweep/{}/retry", ResponseType.object(), sweepId), "jobs", ExperimentJob.class);
    }

    @Override
    public Operation<LogChunk> log(String uid, long offset) {
        return Endpoint.get("api/queue/job/{}/log", ResponseType.bytes(), uid)
                .query("offset", offset)
                .query("limit", LOG_CHUNK)
                .map(bytes -> new LogChunk(offset, bytes, bytes.length < LOG_CHUNK));
    }

    @Override
    public Operation<ConfigCheck> validate(String config, @Nullable String hostId) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.post("api/configs/validate", ResponseType.object());
        return ask(
                hostId == null
                        ? request.json(Map.of("config", config)).idempotent()
                        : request.json(Map.of("config", config, "validate_on", hostId))
                                .readTimeout(CHECK_TIME)
                                .callTimeout(CHECK_TIME.plus(SPARE)),
                ConfigCheck.class);
    }

    @Override
    public Operation<ComponentVersion> version(String hash) {
        Endpoint<Map<String, @Nullable Object>> request =
                Endpoint.get("api/components/versions/hash/{}", ResponseType.object(), hash);
        return askList(request, ComponentVersion.class)
                .map(versions -> versions.stream().findFirst().orElseThrow(() -> ComponentVersions.unknown(hash)));
    }

    @Override
    public Operation<ComponentVersion> upload(ComponentPath path, String content, boolean activate) {
        return ask(ComponentVersions.upload(path, content, activate), ComponentVersion.class);
    }

    @Override
    public Operation<ComponentVersion> activate(ComponentPath path, String hash) {
        return ask(
                Endpoint.post("api/components/versions/activate", ResponseType.object())
                        .json(Map.of("hash", hash, "path", path.toString()))
                        .idempotent(),
                ComponentVersion.class);
    }

    @Override
    public Operation<List<ComponentConflict>> conflicts() {
        return askList(Endpoint.get("api/components/conflicts", ResponseType.object()), ComponentConflict.class);
    }

    @Override
    public Operation<ComponentResolution> resolve(ComponentPath path, ConflictResolution resolution) {
        return ask(
                Endpoint.post("api/components/conflicts/resolve", ResponseType.object())
                        .json(Map.of("path", path.toString(), "resolution", resolution))
                        .idempotent(),
                ComponentResolution.class);
    }

    @Override
    public Operation<List<ExperimentNotification>> notifications(boolean unreadOnly) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.get("api/notifications", ResponseType.object());
        return askList(unreadOnly ? request.query("unread", true) : request, ExperimentNotification.class);
    }

    @Override
    public Operation<ExperimentNotification> answer(String notificationId, String action) {
        return ask(
                Endpoint.post("api/notifications/{}", ResponseType.object(), notificationId)
                        .json(Map.of("action", action)),
                ExperimentNotification.class);
    }

    @Override
    public Operation<HeartbeatReply> heartbeat(DeviceReport report) {
        return ask(
                Endpoint.post("api/devices/heartbeat", ResponseType.object())
                        .json(report.properties())
                        .idempotent(),
                HeartbeatReply.class);
    }

    /**
     * A job whose answer was lost is queued again by the server, since nobody confirms its start. A repetition would take
     * another one.
     */
    @Override
    public Operation<Optional<AssignedJob>> nextJob(String hostId, Duration wait) {
        Duration longest = wait.plus(SPARE);
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.get("api/queue/next_job", ResponseType.object())
                .query("host_id", hostId)
                .query("wait", wait.toSeconds())
                .nonIdempotent()
                .readTimeout(longest)
                .callTimeout(longest.plus(SPARE));
        return request.map(answer -> AssignedJobs.read(answers(), request, answer));
    }

    @Override
    public Operation<String> jobConfig(String uid) {
        return Endpoint.get("api/queue/config/{}", ResponseType.text(), uid);
    }

    @Override
    public Operation<@Nullable Void> confirmStarted(String uid, long pid, @Nullable Integer attempt) {
        return tell(Endpoint.post("api/queue/confirm_started", ResponseType.object())
                .json(AssignedJobs.confirmation(uid, pid, attempt))
                .idempotent());
    }

    @Override
    public Operation<@Nullable Void> complete(JobCompletion completion) {
        return tell(Endpoint.post("api/queue/complete_job", ResponseType.object())
                .json(completion.properties())
                .idempotent());
    }

    /** A part that was taken already changes nothing. */
    @Override
    public Operation<SyncReply> sync(SyncPart part) {
        if (part.length() > MAX_PART) {
            throw BadRequestException.refused(
                    "a part of a file has at most " + MAX_PART + " bytes, not " + part.length());
        }
        if (part.offset() > 0 && part.prefixHash() == null && part.total() == null) {
            throw BadRequestException.refused("a part that does not begin at 0 needs the hash of what is before it");
        }
        Endpoint<Map<String, @Nullable Object>> request = SyncRequests.request(part)
                .header("X-Offset", Long.toString(part.offset()))
                .multipart(RequestContent.Multipart.empty().file("delta", part.fileName(), part.content()))
                .idempotent();
        request = part.prefixHash() == null ? request : request.header("X-Prefix-Hash", part.prefixHash());
        request = part.attempt() == null
                ? request
                : request.header("X-Attempt", part.attempt().toString());
        request = part.total() == null
                ? request
                : request.header("X-Replace", "true")
                        .header("X-Total", part.total().toString());
        return ask(request, SyncReply.class);
    }
}
