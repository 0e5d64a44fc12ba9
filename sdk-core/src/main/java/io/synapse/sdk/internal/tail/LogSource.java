package io.synapse.sdk.internal.tail;

import io.synapse.sdk.internal.http.HttpTransport;
import org.jspecify.annotations.Nullable;

/** One way in which a server gives out a log. A value: connections are made of it. */
@FunctionalInterface
public interface LogSource {
    /**
     * Makes a connection, not opened yet.
     *
     * @param context performs what else has to be asked
     */
    LogConnection connection(HttpTransport transport, TailContext context, Resume from);

    /**
     * Where to go on. A server is free to start at the beginning all the same.
     *
     * @param log the identity of the log that was read before, or null
     * @param offset bytes of the log that were read before, as the server counted them; 0 for the beginning, and on a
     *     server that does not count
     * @param checksum CRC-32C of these bytes; null when it is not known
     * @param lastLines with how many of the last lines to begin; -1 for a beginning at the offset
     * @param maxMessageBytes how large a message may be; a wish
     * @param hasAlternative whether the log can be had in the other way, if this one says no
     */
    record Resume(
            @Nullable String log,
            long offset,
            @Nullable Integer checksum,
            int lastLines,
            int maxMessageBytes,
            boolean hasAlternative) {}
}
