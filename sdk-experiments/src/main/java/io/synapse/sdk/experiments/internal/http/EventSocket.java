package io.synapse.sdk.experiments.internal.http;

import io.synapse.sdk.embedded.internal.http.WebSocketWriter;
import io.synapse.sdk.experiments.internal.event.EventFrame;
import io.synapse.sdk.experiments.internal.event.EventStream;
import io.synapse.sdk.experiments.internal.event.EventStreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events for one WebSocket: the next is sent when the one before has gone out. */
final class EventSocket implements Runnable, EventStream.Sink {
    static final String ALL = "all";

    /** The type of frames that are answers, and no events. */
    private static final String ANSWER = "answer";

    private static final Logger LOG = LoggerFactory.getLogger(EventSocket.class);

    private final Session session;
    private final EventStream stream;
    private final Set<String> channels = ConcurrentHashMap.newKeySet();
    private final WebSocketWriter writer;

    EventSocket(Session session, EventStreams streams) {
        this.session = session;
        this.writer = new WebSocketWriter(session);
        this.stream = streams.open(null, this::cut);
        channels.add(ALL);
    }

    void want(String channel, boolean isWanted) {
        if (isWanted) {
            channels.add(channel);
        } else {
            channels.remove(channel);
        }
    }

    Set<String> channels() {
        return new TreeSet<>(channels);
    }

    @Override
    public void run() {
        try (stream) {
            stream.writeTo(this);
        } catch (IOException e) {
            LOG.debug("the reader of a WebSocket has gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The client has gone. */
    void close() {
        writer.stop();
        stream.close();
    }

    /** It does not read, or the server is closing. */
    private void cut() {
        writer.stop();
        session.disconnect();
    }

    /** Sends a message that is no event, after those events that wait: a client that reads none of it is cut off. */
    void answer(Map<String, ?> document) {
        stream.offer(EventFrame.ofStream(EventFrame.NO_ID, ANSWER, document));
    }

    @Override
    public void write(EventFrame frame) throws IOException {
        if (!isWanted(frame.type())) {
            return;
        }
        writer.send(new String(frame.json(), StandardCharsets.UTF_8));
    }

    /** What is about the connection itself belongs to each channel. */
    private boolean isWanted(String type) {
        String channel = switch (type) {
            case "queue_update", "log_update" -> "queue";
            case "device_update", "device_removed" -> "devices";
            case "run_update", "metric_update", "indexing_complete" -> "runs";
            default -> null;
        };
        return type.equals(ANSWER)
                || channels.contains(ALL)
                || channel == null && !channels.isEmpty()
                || channel != null && channels.contains(channel);
    }

    /** WebSockets have pings of their own for that, which clients send. */
    @Override
    public void keepAlive() {}

    @Override
    public void flush() {}
}
