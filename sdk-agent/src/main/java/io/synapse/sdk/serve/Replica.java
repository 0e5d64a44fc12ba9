package io.synapse.sdk.serve;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a deployment. Immutable.
 *
 * @param replicaId its id
 * @param state where it stands: STARTING, RUNNING, STOPPING …
 * @param pid its process
 * @param startTimeS when it was started
 * @param nodeId the node that it runs on
 * @param nodeIp the address of that node
 * @param actorId the actor that it is
 * @param actorName the name of that actor
 * @param workerId the worker that it runs in
 * @param logFilePath where its log is, on its node
 * @param additionalProperties fields that this version does not know
 */
public record Replica(
        @Nullable String replicaId,
        @Nullable String state,
        @Nullable Long pid,
        @Nullable Instant startTimeS,
        @Nullable String nodeId,
        @Nullable String nodeIp,
        @Nullable String actorId,
        @Nullable String actorName,
        @Nullable String workerId,
        @Nullable String logFilePath,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public Replica {
        additionalProperties = Copies.of(additionalProperties);
    }
}
