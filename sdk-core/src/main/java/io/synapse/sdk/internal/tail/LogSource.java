package io.synapse.sdk.internal.tail;

import java.io.IOException;

/** One way in which a server gives out a log. A value: connections are made of it. */
public interface LogSource {
    /**
     * Connects. Blocks for the connect and handshake time at most.
     *
     * @param transport what to connect with
     * @param from where to go on; a server that cannot is free to start at the beginning, its events tell
     * @throws io.synapse.sdk.ClientException when the server refused, with its status
     * @throws IOException when there was no connection, or it broke
     */
    LogConnection open(StreamTransport transport, Resume from) throws IOException;

    /**
     * Where to go on.
     *
     * @param offset bytes of the log that were read before, as the server counted them; 0 for the beginning
     * @param maxMessageBytes how large a message may be; a wish
     */
    record Resume(long offset, int maxMessageBytes) {}
}
