package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.AssignedJob;
import io.synapse.sdk.experiment.AssignmentUnknownException;
import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.HeartbeatReply;
import io.synapse.sdk.experiment.JobCompletion;
import io.synapse.sdk.experiment.StoredConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a worker does at the original (wire/experiments.md, section 3). Thread-safe. */
final class OriginalWorkers {
    private static final String UID = "experiment_uid";
    private static final String ACTIVE_JOBS = "active_jobs";
    private static final String CONFIG_FOLDER = "config/";
    private static final int PAGE_SIZE = 1000;

    /** Of jobs that end between two pages, those after them move up by as many places. */
    private static final int OVERLAP = 100;

    private static final Duration BETWEEN_ASKS = Duration.ofSeconds(2);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    /** A request that was cut off may be executed a moment later. */
    private static final int LOOKS = 3;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

    /** A device has few jobs that are assigned and not confirmed. */
    private static final int MOST_GIVEN = 1000;

    private final ExperimentDialect dialect;

    /** The newest jobs that this client got, which a lost reply cannot have been about. */
    private final Set<String> given = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_GIVEN;
        }
    }));

    OriginalWorkers(ExperimentDialect dialect) {
        this.dialect = dialect;
    }

    /** A report without the jobs of its host would mark these as crashed, so they are added. */
    Operation<HeartbeatReply> heartbeat(DeviceReport report) {
        if (report.properties().containsKey(ACTIVE_JOBS)) {
            return send(report);
        }
        return jobs(ExperimentStatus.RUNNING, report.hostId())
                .then(jobs -> send(report.activeJobs(List.copyOf(jobs.keySet()))));
    }

    private Operation<HeartbeatReply> send(DeviceReport report) {
        return dialect.ask(
                Endpoint.post("api/devices/heartbeat", ResponseType.object())
                        .json(report.properties())
                        .idempotent(),
                HeartbeatReply.class);
    }

    /** The original does not wait, so it is asked again and again; a request is never broken off in between. */
    Operation<Optional<AssignedJob>> nextJob(String hostId, Duration wait) {
        return Operation.deferred(() -> {
            long begin = System.nanoTime();
            Polling polling = Polling.every(BETWEEN_ASKS, wait.plus(LONGEST_CALL), "a job for " + hostId);
            return nextJob(hostId)
                    .until(
                            job -> job.isPresent()
                                    || System.nanoTime() - begin
                                            > wait.minus(BETWEEN_ASKS).toNanos(),
                            polling,
                            job -> {});
        });
    }

    /** Each request that arrives gives another job, so one whose reply was lost is never sent again. */
    private Operation<Optional<AssignedJob>> nextJob(String hostId) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.get("api/queue/next_job", ResponseType.object())
                .query("host_id", hostId)
                .nonIdempotent();
        Operation<Map<String, @Nullable Object>> asked = request.map(answer -> {
            if (Copies.object(dialect.answers().content(request, answer)).get("job") instanceof Map<?, ?> job) {
                given.add(String.valueOf(job.get(UID)));
            }
            return answer;
        });
        return asked.map(answer -> new Reply(answer, null))
                .recover(ClientException.class, failure -> new Reply(Map.of(), failure))
                .then(reply ->
                        reply.failure() == null ? Operation.of(reply.answer()) : lookedFor(hostId, reply.failure()))
                .map(answer -> AssignedJobs.read(dialect.answers(), request, answer));
    }

    private record Reply(
            Map<String, @Nullable Object> answer, @Nullable ClientException failure) {}

    /** The answer that was lost: that with the one job that is assigned to the device and that this client has not got. */
    private Operation<Map<String, @Nullable Object>> lookedFor(String hostId, ClientException lost) {
        if (!lost.mayHaveBeenExecuted() || lost instanceof CallCancelledException) {
            throw lost;
        }
        AtomicInteger looks = new AtomicInteger();
        Polling polling = Polling.every(BETWEEN_LOOKS, LONGEST_LOOK, "the job that was given to " + hostId);
        return jobs(ExperimentStatus.ASSIGNED, hostId)
                .map(jobs -> {
                    jobs.keySet().removeIf(given::contains);
                    return jobs;
                })
                .until(found -> !found.isEmpty() || looks.incrementAndGet() == LOOKS, polling, found -> {})
                .recover(ClientException.class, failure -> {
                    AssignmentUnknownException unknown = new AssignmentUnknownException(hostId, List.of(), lost);
                    unknown.addSuppressed(failure);
                    throw unknown;
                })
                .map(found -> {
                    if (found.size() != 1 || !given.addAll(found.keySet())) {
                        throw new AssignmentUnknownException(hostId, List.copyOf(found.keySet()), lost);
                    }
                    return Copies.with(
                            Map.of(), "job", found.values().iterator().next());
                });
    }

    /** The jobs of a device by their ids. */
    private Operation<Map<String, Map<String, @Nullable Object>>> jobs(ExperimentStatus status, String hostId) {
        return Operation.deferred(() -> page(status, hostId, 0, new LinkedHashMap<>()));
    }

    private Operation<Map<String, Map<String, @Nullable Object>>> page(
            ExperimentStatus status, String hostId, int offset, Map<String, Map<String, @Nullable Object>> found) {
        Endpoint<Map<String, @Nullable Object>> request = Endpoint.get("api/queue/list", ResponseType.object())
                .query("limit", PAGE_SIZE)
                .query("offset", offset)
                .query("status", status);
        return request.then(answer -> {
            List<?> jobs = dialect.answers().field(request, answer, "jobs") instanceof List<?> list ? list : List.of();
            for (Object each : jobs) {
                Map<String, @Nullable Object> job = Copies.object(each);
                if (hostId.equals(job.get("assigned_device")) && job.get(UID) instanceof String uid) {
                    found.put(uid, job);
                }
            }
            return jobs.size() < PAGE_SIZE
                    ? Operation.of(found)
                    : page(status, hostId, offset + PAGE_SIZE - OVERLAP, found);
        });
    }

    /** A job that was submitted with the path of a stored configuration has none of its own. */
    Operation<String> config(String uid) {
        Operation<Optional<String>> own = Endpoint.get("api/queue/config/{}", ResponseType.text(), uid)
                .map(Optional::of)
                .recover(NotFoundException.class, none -> Optional.empty());
        return own.then(text -> text.isPresent()
                ? Operation.of(text.get())
                : dialect.getJob(uid).then(this::stored));
    }

    private Operation<String> stored(ExperimentJob job) {
        String path = job.configPath() == null ? "" : job.configPath();
        if (!path.startsWith(CONFIG_FOLDER)) {
            throw new NotFoundException(
                    Failure.of(404, "the server has no configuration of the job " + job.experimentUid()));
        }
        return dialect.ask(StoredConfigs.get(path.substring(CONFIG_FOLDER.length())), StoredConfig.class)
                .map(config -> config.content() == null ? "" : config.content());
    }

    Operation<@Nullable Void> confirmStarted(String uid, long pid) {
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
    Operation<@Nullable Void> complete(JobCompletion completion) {
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
