package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientListener;
import io.synapse.sdk.EventStatistics;
import io.synapse.sdk.FallbackMark;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.TailProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one; a failure of one of them stays its own. */
public final class ListenerList implements ClientListener {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerList.class);

    private final List<ClientListener> listeners;

    /** @param listeners who is told, in this order */
    public ListenerList(List<ClientListener> listeners) {
        this.listeners = listeners;
    }

    @Override
    public void callStarted(Call call) {
        each(to -> to.callStarted(call));
    }

    @Override
    public void attemptStarted(Call call, int number, String server) {
        each(to -> to.attemptStarted(call, number, server));
    }

    @Override
    public void attemptFinished(Call call, Attempt attempt) {
        each(to -> to.attemptFinished(call, attempt));
    }

    @Override
    public void retryScheduled(Call call, Attempt failed, Duration delay) {
        each(to -> to.retryScheduled(call, failed, delay));
    }

    @Override
    public void callFinished(Call call, Attempt last, Duration duration) {
        each(to -> to.callFinished(call, last, duration));
    }

    @Override
    public void fallbackUsed(Call call, FallbackMark mark) {
        each(to -> to.fallbackUsed(call, mark));
    }

    @Override
    public void streamStarted(Stream stream) {
        each(to -> to.streamStarted(stream));
    }

    @Override
    public void streamConnected(Stream stream, TailProtocol protocol) {
        each(to -> to.streamConnected(stream, protocol));
    }

    @Override
    public void streamReconnecting(Stream stream, String reason, Duration delay) {
        each(to -> to.streamReconnecting(stream, reason, delay));
    }

    @Override
    public void streamEnded(
            Stream stream, LogStatistics statistics, Duration duration, Optional<RuntimeException> failure) {
        each(to -> to.streamEnded(stream, statistics, duration, failure));
    }

    @Override
    public void eventsStarted(Events stream) {
        each(to -> to.eventsStarted(stream));
    }

    @Override
    public void eventsReconnecting(Events stream, String reason, Duration delay) {
        each(to -> to.eventsReconnecting(stream, reason, delay));
    }

    @Override
    public void eventsEnded(
            Events stream, EventStatistics statistics, Duration duration, Optional<RuntimeException> failure) {
        each(to -> to.eventsEnded(stream, statistics, duration, failure));
    }

    private void each(Consumer<ClientListener> event) {
        listeners.forEach(listener -> tell(listener, event, LOG));
    }

    /**
     * Tells one listener, whose failure is not that of who tells.
     *
     * @param log where a failure is told
     */
    public static void tell(ClientListener listener, Consumer<ClientListener> event, Logger log) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            log.warn("a client listener failed", e);
        }
    }
}
