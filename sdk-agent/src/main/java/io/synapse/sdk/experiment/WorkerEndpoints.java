package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.internal.ExperimentDialect;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import io.synapse.sdk.experiment.internal.SyncRequests;
import io.synapse.sdk.internal.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous worker operations (wire/experiments.md, sections 3 and 8). */
final class WorkerEndpoints {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private WorkerEndpoints() {}

    static Operation<HeartbeatReply> heartbeat(DeviceReport report) {
        return ExperimentProtocol.with(dialect -> dialect.heartbeat(report));
    }

    static Operation<Optional<AssignedJob>> nextJob(String hostId, Duration wait) {
        return Operation.deferred(() -> {
            if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
                throw BadRequestException.refused("the wait for a job is from 0 to 60 s, not " + wait);
            }
            return QueueEndpoints.with("host", hostId, (dialect, id) -> dialect.nextJob(id, wait));
        });
    }

    static Operation<String> config(String uid) {
        return QueueEndpoints.with("job", uid, ExperimentDialect::jobConfig);
    }

    static Operation<@Nullable Void> confirmStarted(String uid, long pid) {
        return QueueEndpoints.with("job", uid, (dialect, id) -> dialect.confirmStarted(id, pid, null));
    }

    static Operation<@Nullable Void> confirmStarted(String uid, long pid, int attempt) {
        return QueueEndpoints.with("job", uid, (dialect, id) -> dialect.confirmStarted(id, pid, attempt));
    }

    static Operation<@Nullable Void> complete(JobCompletion completion) {
        return ExperimentProtocol.with(dialect -> dialect.complete(completion));
    }

    static Operation<SyncStatus> syncStatus(String uid) {
        return QueueEndpoints.with("job", uid, (dialect, id) -> dialect.ask(SyncRequests.status(id), SyncStatus.class));
    }

    static Operation<SyncReply> sync(SyncPart part) {
        return ExperimentProtocol.with(dialect -> dialect.sync(part));
    }

    /** The original ignores the header. */
    static Operation<@Nullable Void> checkpoint(
            String uid, Map<String, @Nullable Object> checkpoint, @Nullable Integer attempt) {
        return Operation.deferred(() -> {
            Json.write(checkpoint);
            return QueueEndpoints.with("job", uid, (dialect, id) -> {
                Endpoint<Map<String, @Nullable Object>> request = Endpoint.post(
                                "api/sync/checkpoint/{}", ResponseType.object(), id)
                        .json(checkpoint)
                        .idempotent();
                return dialect.tell(attempt == null ? request : request.header("X-Attempt", Integer.toString(attempt)));
            });
        });
    }
}
