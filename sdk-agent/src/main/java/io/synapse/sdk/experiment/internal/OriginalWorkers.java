package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.AssignedJob;
import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.HeartbeatReply;
import io.synapse.sdk.experiment.JobCompletion;
import io.synapse.sdk.experiment.StoredConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker does at the original (wire/experiments.md, section 3). */
final class OriginalWorkers {
    private static final String ACTIVE_JOBS = "active_jobs";
    private static final String CONFIG_FOLDER = "config/";
    private static final int ALL = 1000;
    private static final Duration BETWEEN_ASKS = Duration.ofSeconds(2);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    private OriginalWorkers() {}

    /** A report without the jobs of its host would mark these as crashed, so they are added. */
    static Operation<HeartbeatReply> heartbeat(ExperimentDialect dialect, DeviceReport report) {
        if (report.properties().containsKey(ACTIVE_JOBS)) {
            return send(dialect, report);
        }
        return jobs(dialect, ExperimentStatus.RUNNING, report.hostId())
                .then(jobs -> send(
                        dialect,
                        report.activeJobs(jobs.stream()
                                .map(job -> job.get("experiment_uid"))
                                .filter(String.class::isInstance)
                                .map(String.class::cast)
                                .toList())));
    }

    private static Operation<HeartbeatReply> send(ExperimentDialect dialect, DeviceReport report) {
        return dialect.ask(
                Endpoint.post("api/devices/heartbeat", ResponseType.object())
                        .json(report.properties())
                        .idempotent(),
                HeartbeatReply.class);
    }

    /** The original does not wait, so it is asked again and again; a request is never broken off in between. */
    static Operation<Optional<AssignedJob>> nextJob(ExperimentDialect dialect, String hostId, Duration wait) {
        return Operation.deferred(() -> {
            long begin = System.nanoTime();
            Polling polling = Polling.every(BETWEEN_ASKS, wait.plus(LONGEST_CALL), "a job for " + hostId);
            return nextJob(dialect, hostId)
                    .until(
                            job -> job.isPresent()
                                    || System.nanoTime() - begin
                                            > wait.minus(BETWEEN_ASKS).toNanos(),
                            polling,
                            job -> {});
        });
    }

    /** A job whose answer was lost is assigned for ever: it is looked for among those of the host. */
    private static Operation<Optional<AssignedJob>> nextJob(ExperimentDialect dialect, String hostId) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.get("api/queue/next_job", ResponseType.object())
                .query("host_id", hostId)
                .nonIdempotent();
        Operation<Optional<Map<String, @Nullable Object>>> lost = jobs(dialect, ExperimentStatus.ASSIGNED, hostId)
                .map(jobs -> jobs.stream().findFirst().map(job -> Copies.with(Map.of(), "job", job)));
        return request.verifiedBy(lost).map(answer -> AssignedJobs.read(dialect.answers(), request, answer));
    }

    private static Operation<List<Map<String, @Nullable Object>>> jobs(
            ExperimentDialect dialect, ExperimentStatus status, String hostId) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.get("api/queue/list", ResponseType.object())
                .query("limit", ALL)
                .query("status", status);
        return request.map(answer -> {
            List<?> jobs = dialect.answers().field(request, answer, "jobs") instanceof List<?> list ? list : List.of();
            return jobs.stream()
                    .map(Copies::object)
                    .filter(job -> hostId.equals(job.get("assigned_device")))
                    .toList();
        });
    }

    /** A job that was submitted with the path of a stored configuration has none of its own. */
    static Operation<String> config(ExperimentDialect dialect, String uid) {
        Operation<Optional<String>> own = Endpoint.get("api/queue/config/{}", ResponseType.text(), uid)
                .map(Optional::of)
                .recover(NotFoundException.class, none -> Optional.empty());
        return own.then(text -> text.isPresent()
                ? Operation.of(text.get())
                : dialect.getJob(uid).then(job -> stored(dialect, job)));
    }

    private static Operation<String> stored(ExperimentDialect dialect, ExperimentJob job) {
        String path = job.configPath() == null ? "" : job.configPath();
        if (!path.startsWith(CONFIG_FOLDER)) {
            throw new NotFoundException(
                    Failure.of(404, "the server has no configuration of the job " + job.experimentUid()));
        }
        return dialect.ask(StoredConfigs.get(path.substring(CONFIG_FOLDER.length())), StoredConfig.class)
                .map(config -> config.content() == null ? "" : config.content());
    }

    static Operation<@Nullable Void> confirmStarted(ExperimentDialect dialect, String uid, long pid) {
        Operation<Boolean> confirmed = dialect.getJob(uid)
                .map(job -> job.status().equals(ExperimentStatus.RUNNING)
                        && job.metadata().get("pid") instanceof Number known
                        && known.longValue() == pid);
        return dialect.tellOnce(
                Endpoint.post("api/queue/confirm_started", ResponseType.object())
                        .json(AssignedJobs.confirmation(uid, pid, null)),
                confirmed);
    }

    /** The original takes reports of unknown jobs, and a second one changes how a job ended. */
    static Operation<@Nullable Void> complete(ExperimentDialect dialect, JobCompletion completion) {
        String uid = completion.experimentUid();
        return dialect.getJob(uid).then(job -> {
            if (isAs(completion, job)) {
                return Operation.nothing();
            }
            if (job.status().isTerminal()) {
                throw new ConflictException(
                        Failure.of(409, "the job " + uid + " has ended already: it is " + job.status()));
            }
            return dialect.tellOnce(
                    Endpoint.post("api/queue/complete_job", ResponseType.object())
                            .json(completion.properties()),
                    dialect.getJob(uid).map(now -> isAs(completion, now)));
        });
    }

    private static boolean isAs(JobCompletion completion, ExperimentJob job) {
        return job.status().equals(completion.isSuccess() ? ExperimentStatus.COMPLETED : ExperimentStatus.FAILED);
    }
}
