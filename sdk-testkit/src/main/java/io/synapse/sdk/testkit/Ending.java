package io.synapse.sdk.testkit;

import java.io.IOException;
import java.net.Socket;

/** How a TCP connection is ended; the two look different to the peer. */
public enum Ending {
    /** In order: the peer reads everything that was sent to it, then the end of the stream. */
    FIN,

    /** Abruptly: the peer's next read or write fails with "connection reset", and unread bytes may be lost to it. */
    RST;

    void close(Socket socket) {
        try (socket) {
            if (this == RST && !socket.isClosed()) {
                // A linger time of zero is what makes close() send a reset instead of a FIN.
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // The peer broke the connection first: it is closed all the same, and nobody is left to see how.
            return;
        }
    }
}
