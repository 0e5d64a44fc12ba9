package io.synapse.sdk.gateway.grpc;

import io.synapse.sdk.internal.http.Secrets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of a stream (wire/gateway.md, sections 4, 5 and 7). Immutable.
 *
 * @param streamId the server's id of the stream; those of the original are not unique
 * @param type what it reports
 * @param content the text
 * @param progressPercent how far the work is, from 0 to 100; the original sends 0 with a log
 * @param timestamp when it was sent, to the millisecond
 * @param sequence its number, 1 for the first; null from the original, which does not number messages
 * @param exitCode the exit code of a command; null before its end, and from the original, which does not tell it
 * @param last whether it is the last one; always false from the original
 */
public record StreamMessage(
        String streamId,
        StreamMessageType type,
        String content,
        double progressPercent,
        Instant timestamp,
        @Nullable Long sequence,
        @Nullable Integer exitCode,
        boolean last) {
    /** All components, with secrets masked: tokens in the text of a command's output. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
