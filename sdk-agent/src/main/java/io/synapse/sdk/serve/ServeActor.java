package io.synapse.sdk.serve;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An actor of Serve itself: the controller or a proxy. Immutable.
 *
 * @param status its status; null for the controller
 * @param nodeId the node that it runs on
 * @param nodeIp the address of that node
 * @param actorId its actor id
 * @param actorName its actor name
 * @param workerId its worker process
 * @param logFilePath the path of its log, relative to the logs of its node
 * @param additionalProperties fields unknown to this version
 */
public record ServeActor(
        @Nullable ProxyStatus status,
        @Nullable String nodeId,
        @Nullable String nodeIp,
        @Nullable String actorId,
        @Nullable String actorName,
        @Nullable String workerId,
        @Nullable String logFilePath,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ServeActor {
        additionalProperties = Copies.of(additionalProperties);
    }
}
