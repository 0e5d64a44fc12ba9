package io.synapse.sdk.serve;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a deployment. Immutable.
 *
 * @param replicaId its id
 * @param state its state: STARTING, RUNNING, STOPPING …
 * @param pid its process id
 * @param startTimeS when it was started
 * @param nodeId the node that it runs on
 * @param nodeIp the address of that node
 * @param actorId its actor
 * @param actorName the name of that actor
 * @param workerId its worker process
 * @param logFilePath the path of its log on its node
 * @param additionalProperties fields unknown to this version
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
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public Replica {
        additionalProperties = Copies.of(additionalProperties);
    }
}
