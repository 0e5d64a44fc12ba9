package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a report of a device. Immutable.
 *
 * @param hostId the device
 * @param message a confirmation
 * @param stop the jobs that it must stop: cancelled, or given to another worker (servers of this project)
 * @param pause the jobs of it that are to be suspended; the others go on (servers of this project)
 * @param drain whether it is to take no more jobs (servers of this project)
 * @param validate the ids of configurations that it is to check (servers of this project)
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record HeartbeatReply(
        @Nullable String hostId,
        @Nullable String message,
        List<String> stop,
        List<String> pause,
        boolean drain,
        List<String> validate,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public HeartbeatReply {
        stop = Copies.of(stop);
        pause = Copies.of(pause);
        validate = Copies.of(validate);
        additionalProperties = Copies.of(additionalProperties);
    }
}
