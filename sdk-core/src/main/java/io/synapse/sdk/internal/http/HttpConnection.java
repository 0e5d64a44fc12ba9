package io.synapse.sdk.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** A connection to the server. Used by one thread at a time; closed by any. */
final class HttpConnection extends DefaultBHttpClientConnection {
    /** Large enough for any honest answer; a server that sends more is refused. */
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(256)
            .setMaxLineLength(64 << 10)
            .setBufferSize(8 << 10)
            .build();

    private static final Duration LOOK = Duration.ofMillis(1);

    /** For a look at what is here already. */
    private static final Deadline NO_TIME = Deadline.after(Duration.ofNanos(1));

    private final BaseUrl server;
    private final ClientSocket socket;
    private final Socket top;
    private final boolean viaProxy;
    private long idleSince;
    private @Nullable SessionInputBuffer buffered;

    /**
     * A connection over connected sockets.
     *
     * @param server where it leads
     * @param tls the TLS connection over the socket, if there is one
     * @param viaProxy whether an HTTP proxy takes the requests
     */
    HttpConnection(BaseUrl server, ClientSocket socket, @Nullable SSLSocket tls, boolean viaProxy) throws IOException {
        super(LIMITS);
        this.server = server;
        this.socket = socket;
        this.top = tls == null ? socket : tls;
        this.viaProxy = viaProxy;
        bind(top); // not with both sockets, which HttpCore before 5.3 cannot
    }

    /** Keeps the buffer that the body is read through: what is in it has arrived, whatever chunk it belongs to. */
    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream input) {
        buffered = buffer;
        return super.createContentInputStream(length, buffer, input);
    }

    /** How many bytes have arrived and were not read yet, about: those of the framing count. */
    int arrived() throws IOException {
        return (buffered == null ? 0 : buffered.length())
                + socket.getInputStream().available();
    }

    BaseUrl server() {
        return server;
    }

    ClientSocket socket() {
        return socket;
    }

    /** Where bytes go that are no HTTP, after an upgrade. */
    OutputStream output() throws IOException {
        return top.getOutputStream();
    }

    /** Whether requests name the whole URL, for a proxy. */
    boolean isViaProxy() {
        return viaProxy;
    }

    void idleSince(long nanoTime) {
        idleSince = nanoTime;
    }

    long idleSince() {
        return idleSince;
    }

    /** Bytes that came for the requests so far. */
    long receivedBytes() {
        return getEndpointDetails().getReceivedBytesCount();
    }

    /** Whether bytes are here that came after the end of an answer: the next request must not take them for its own. */
    boolean hasSurplus() {
        try {
            socket.limit(NO_TIME, Duration.ZERO);
            return isDataAvailable(Timeout.ONE_MILLISECOND)
                    || top.getInputStream().available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Whether the server has closed this idle connection, or sent what nobody asked for; looks for 1 ms at most. A request
     * on such a connection would be lost.
     */
    boolean isDead() {
        socket.limit(Deadline.NONE, LOOK);
        try {
            top.getInputStream().read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Closes it at once, from any thread. */
    void abort() {
        HttpTransport.close(socket);
    }
}
