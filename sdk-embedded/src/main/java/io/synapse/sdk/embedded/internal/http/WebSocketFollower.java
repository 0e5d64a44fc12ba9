package io.synapse.sdk.embedded.internal.http;

import io.synapse.sdk.embedded.internal.log.LogFollower;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a log for one WebSocket: one event a frame, the next when the one before has gone out. */
final class WebSocketFollower implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketFollower.class);

    private final Session session;
    private final LogFollower follower;
    private final WebSocketWriter writer;

    WebSocketFollower(Session session, Function<LogFollower.Sink, LogFollower> followerFor) {
        this.session = session;
        this.writer = new WebSocketWriter(session);
        this.follower = followerFor.apply(writer::send);
    }

    /** The reader has gone: ends the following, also while an event waits to be taken. */
    void stop() {
        follower.stop();
        writer.stop();
    }

    @Override
    public void run() {
        try {
            follower.run();
            session.close(StatusCode.NORMAL, "", Callback.NOOP);
        } catch (InterruptedIOException e) {
            session.close(StatusCode.SHUTDOWN, "the agent is closing", Callback.NOOP);
        } catch (IOException | RuntimeException e) {
            if (session.isOpen()) {
                LOG.warn("a log cannot be followed any further", e);
                session.close(StatusCode.SERVER_ERROR, "the log cannot be read", Callback.NOOP);
            }
        }
    }
}
