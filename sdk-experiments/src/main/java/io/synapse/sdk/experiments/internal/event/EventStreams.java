package io.synapse.sdk.experiments.internal.event;

import io.synapse.sdk.embedded.internal.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives events to the clients that listen. One thread reads those that are kept from the records, in the order of their ids,
 * since the threads that commit them come back in any order. Each client has a queue and a writer of its own, so one that
 * does not read delays nobody (wire/experiments.md, section 4). Thread-safe.
 */
public final class EventStreams implements AutoCloseable, EventLog.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final int PAGE = 500;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final EventLog log;
    private final Supplier<List<Map<String, @Nullable Object>>> devices;
    private final Duration keepAlive;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService dispatcher =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("experiments-events"));
    private final AtomicBoolean isDue = new AtomicBoolean();
    private long dispatched;

    /**
     * The streams of this log.
     *
     * @param devices the present state of each device, which a client that resumes is sent
     * @param keepAlive the silence after which a comment is sent
     */
    public EventStreams(EventLog log, Supplier<List<Map<String, @Nullable Object>>> devices, Duration keepAlive) {
        this.log = log;
        this.devices = devices;
        this.keepAlive = keepAlive;
        this.dispatched = log.newest();
        log.listen(this);
    }

    /**
     * Opens a stream.
     *
     * @param after the id after which it begins; null for now
     * @param whenOver ends the connection; called once, on any thread, when the stream must end before its client ends it
     */
    public synchronized EventStream open(@Nullable Long after, Runnable whenOver) {
        EventStream stream = new EventStream(this, after, dispatched, whenOver);
        streams.add(stream);
        if (dispatcher.isShutdown()) {
            stream.end();
        }
        return stream;
    }

    void leave(EventStream stream) {
        streams.remove(stream);
    }

    List<EventFrame> read(long after, long upTo) {
        return log.read(after, upTo, PAGE);
    }

    List<EventFrame> devices() {
        return devices.get().stream()
                .map(device -> EventLog.frame("device_update", device))
                .toList();
    }

    Duration keepAlive() {
        return keepAlive;
    }

    @Override
    public void committed() {
        if (!isDue.compareAndSet(false, true)) {
            return;
        }
        try {
            dispatcher.execute(this::dispatch);
        } catch (RejectedExecutionException e) {
            LOG.debug("the server is closing; clients go on by id", e);
        }
    }

    @Override
    public void sent(EventFrame frame) {
        streams.forEach(stream -> stream.offer(frame));
    }

    private void dispatch() {
        isDue.set(false);
        try {
            dispatchAll();
        } catch (RuntimeException e) {
            LOG.error("events cannot be read; they are sent later", e);
            dispatcher.schedule(this::committed, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void dispatchAll() {
        if (streams.isEmpty()) {
            dispatched = log.newest();
            return;
        }
        List<EventFrame> frames;
        do {
            frames = log.read(dispatched, Long.MAX_VALUE, PAGE);
            for (EventFrame frame : frames) {
                streams.forEach(stream -> stream.offer(frame));
                dispatched = frame.id();
            }
        } while (frames.size() == PAGE);
    }

    /** Ends all streams. */
    @Override
    public void close() {
        dispatcher.shutdownNow();
        streams.forEach(EventStream::end);
    }
}
