package io.synapse.sdk.experiments.internal.event;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The events for one client: first those after the id that it has seen, from the records, then those that happen. Its queue
 * is bounded; when it is full, the stream ends, and the client goes on by id. Written by one thread; ended by any.
 */
public final class EventStream implements AutoCloseable {
    static final int CAPACITY = 1_000;
    private static final int MOST_AT_ONCE = 100;

    private final EventStreams streams;
    private final @Nullable Long after;
    private final long liveAfter;
    private final Runnable whenOver;
    private final Queue<EventFrame> queue = new ArrayDeque<>();
    private boolean isOver;

    /** Where events are written. */
    public interface Sink {
        /** Writes a frame. */
        void write(EventFrame frame) throws IOException;

        /** Writes a comment. */
        void keepAlive() throws IOException;

        /** Sends what was written. */
        void flush() throws IOException;
    }

    EventStream(EventStreams streams, @Nullable Long after, long liveAfter, Runnable whenOver) {
        this.streams = streams;
        this.after = after;
        this.liveAfter = liveAfter;
        this.whenOver = whenOver;
    }

    /** Takes a frame for later, and does not wait; ends the stream when too many wait already. */
    public void offer(EventFrame frame) {
        synchronized (this) {
            if (isOver) {
                return;
            }
            if (queue.size() < CAPACITY) {
                queue.add(frame);
                notifyAll();
                return;
            }
        }
        end();
    }

    /** Ends it from outside: the client is to resume. */
    void end() {
        synchronized (this) {
            if (isOver) {
                return;
            }
            isOver = true;
            notifyAll();
        }
        streams.leave(this);
        whenOver.run();
    }

    /** Writes events until the stream is ended, or the client has gone. */
    public void writeTo(Sink sink) throws IOException, InterruptedException {
        sink.write(connection());
        if (after != null) {
            writePast(after, sink);
            for (EventFrame device : streams.devices()) {
                sink.write(device);
            }
        }
        sink.flush();
        for (List<EventFrame> frames = next(); frames != null; frames = next()) {
            for (EventFrame frame : frames) {
                sink.write(frame);
            }
            if (frames.isEmpty()) {
                sink.keepAlive();
            }
            sink.flush();
        }
    }

    /** It has an id, so that a client that is cut off before the first event can resume. */
    private EventFrame connection() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "connection");
        fields.put("message", "Connected to Synapse experiments");
        fields.put("timestamp", Instant.now().toString());
        return EventFrame.ofStream(Objects.requireNonNullElse(after, liveAfter), "connection", fields);
    }

    private void writePast(long seen, Sink sink) throws IOException {
        long last = seen;
        while (last < liveAfter) {
            List<EventFrame> frames = streams.read(last, liveAfter);
            if (frames.isEmpty() || frames.get(0).id() != last + 1) {
                break;
            }
            for (EventFrame frame : frames) {
                sink.write(frame);
                last = frame.id();
            }
            sink.flush();
        }
        if (last != liveAfter) { // not kept any more, or ids of other records
            Map<String, Object> fields =
                    Map.of("type", "reset", "timestamp", Instant.now().toString());
            sink.write(EventFrame.ofStream(liveAfter, "reset", fields));
        }
    }

    /** What is to be written next; nothing when it was silent for so long, null when the stream is over. */
    private synchronized @Nullable List<EventFrame> next() throws InterruptedException {
        Duration silence = streams.keepAlive();
        long end = System.nanoTime() + silence.toNanos();
        for (long left = silence.toNanos(); queue.isEmpty() && !isOver && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        if (isOver) {
            return null;
        }
        List<EventFrame> frames = new ArrayList<>();
        while (!queue.isEmpty() && frames.size() < MOST_AT_ONCE) {
            frames.add(queue.remove());
        }
        return frames;
    }

    /** The client has gone. */
    @Override
    public synchronized void close() {
        isOver = true;
        queue.clear();
        notifyAll();
        streams.leave(this);
    }
}
