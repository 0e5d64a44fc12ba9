package io.synapse.sdk.gateway.server.internal;

import java.time.Duration;

/**
 * What is kept of streams (wire/gateway.md, section 7).
 *
 * @param messages how many messages of one
 * @param bytes how many bytes of one
 * @param afterEnd how long after its end
 * @param withoutReader how long its work goes on while nobody reads it
 */
public record StreamLimits(int messages, long bytes, Duration afterEnd, Duration withoutReader) {
    /** Those of the contract. */
    public static final StreamLimits DEFAULT =
            new StreamLimits(10_000, 16 << 20, Duration.ofMinutes(10), Duration.ofSeconds(60));

    /** The same with another time that the work goes on without a reader. */
    public StreamLimits withoutReader(Duration time) {
        return new StreamLimits(messages, bytes, afterEnd, time);
    }

    /** The same with another time that the messages are kept after the end. */
    public StreamLimits afterEnd(Duration time) {
        return new StreamLimits(messages, bytes, time, withoutReader);
    }
}
