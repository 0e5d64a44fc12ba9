package io.synapse.sdk.internal.event;

import io.synapse.sdk.ClientListener;
import io.synapse.sdk.EventStatistics;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.internal.operation.ListenerList;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a stream of events does, and reports it to the listener and in one debug line each to the log. The thread that
 * reads the stream reports; any may report its end.
 */
public final class EventReport {
    private static final Logger LOG = LoggerFactory.getLogger("io.synapse.sdk.streams");
    private static final AtomicLong IDS = new AtomicLong();

    private final ClientListener listener;
    private final ClientListener.Events stream;
    private final LongSupplier clock;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong reconnects = new AtomicLong();
    private final AtomicBoolean open = new AtomicBoolean();
    private volatile long start;

    /**
     * A report of a stream that has not begun.
     *
     * @param clock monotonic, in nanoseconds
     */
    public EventReport(ClientListener listener, HttpMethod method, String pathTemplate, LongSupplier clock) {
        this.listener = listener;
        this.stream = new ClientListener.Events(IDS.incrementAndGet(), method, pathTemplate);
        this.clock = clock;
    }

    /** Its first connection is about to be made. */
    public void started() {
        start = clock.getAsLong();
        open.set(true);
        report(to -> to.eventsStarted(stream));
    }

    /** An event is the reader's. */
    public void event() {
        events.incrementAndGet();
    }

    /** So many bytes came. */
    public void received(int length) {
        bytes.addAndGet(length);
    }

    /** A connection has ended, or could not be made; the next one follows after the delay. */
    public void reconnecting(String reason, Duration delay) {
        reconnects.incrementAndGet();
        LOG.debug(
                "the stream of {} {} connects again in {} ms: {}",
                stream.method(),
                stream.pathTemplate(),
                delay.toMillis(),
                reason);
        report(to -> to.eventsReconnecting(stream, reason, delay));
    }

    /**
     * It is over. Does nothing before its start, nor again.
     *
     * @param failure null if it is complete or was closed
     */
    public void ended(@Nullable RuntimeException failure) {
        if (open.getAndSet(false)) {
            EventStatistics statistics = new EventStatistics(events.get(), bytes.get(), reconnects.get());
            Duration duration = Duration.ofNanos(clock.getAsLong() - start);
            LOG.debug(
                    "the stream of {} {} ended after {} ms: {}",
                    stream.method(),
                    stream.pathTemplate(),
                    duration.toMillis(),
                    statistics);
            report(to -> to.eventsEnded(stream, statistics, duration, Optional.ofNullable(failure)));
        }
    }

    private void report(Consumer<ClientListener> event) {
        ListenerList.tell(listener, event, LOG);
    }
}
