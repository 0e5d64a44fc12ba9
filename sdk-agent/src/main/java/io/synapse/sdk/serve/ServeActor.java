package io.synapse.sdk.serve;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An actor that is a part of Serve itself. Immutable.
 *
 * @param status where it stands; null for the controller
 * @param nodeId the node that it runs on
 * @param nodeIp the address of that node
 * @param actorId its id as an actor
 * @param actorName its name as an actor
 * @param workerId the worker that it runs in
 * @param logFilePath where its log is, below the logs of its node
 * @param additionalProperties fields that this version does not know
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
    /** Takes it as the server gave it. */
    public ServeActor {
        additionalProperties = Copies.of(additionalProperties);
    }
}
