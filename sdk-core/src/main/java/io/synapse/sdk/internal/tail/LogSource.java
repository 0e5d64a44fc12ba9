package io.synapse.sdk.internal.tail;

import io.synapse.sdk.internal.http.HttpTransport;

/** One way in which a server gives out a log. A value: connections are made of it. */
@FunctionalInterface
public interface LogSource {
    /** Makes a connection, not opened yet. */
    LogConnection connection(HttpTransport transport, Resume from);

    /**
     * Where to go on.
     *
     * @param offset bytes of the log that were read before, as the server counted them; 0 for the beginning, and on a
     *     server that does not count; a server is free to start at the beginning all the same
     * @param maxMessageBytes how large a message may be; a wish
     * @param hasAlternative whether the log can be had in the other way, if this one says no
     */
    record Resume(long offset, int maxMessageBytes, boolean hasAlternative) {}
}
