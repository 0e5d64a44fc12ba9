package io.synapse.sdk.experiments.internal.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection on which a request came. Thread-safe. */
record CallerConnection(EndPoint endPoint) {
    private static final Logger LOG = LoggerFactory.getLogger(CallerConnection.class);

    static CallerConnection of(Context request) {
        return new CallerConnection(ServletContextRequest.getServletContextRequest(request.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint());
    }

    /**
     * Whether the caller is still there, as far as this machine knows. While an answer is being made, Jetty reads nothing and
     * notices no end; so the socket is asked whether something can be read, and it is nothing.
     */
    boolean isOpen() {
        SocketChannel channel = (SocketChannel) endPoint.getTransport();
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            return selector.selectNow() == 0
                    || channel.socket().getInputStream().available() > 0;
        } catch (IOException e) {
            LOG.debug("a caller has gone", e);
            return false;
        }
    }

    /** Ends it, also while a thread waits to write. */
    void close() {
        endPoint.close();
    }
}
