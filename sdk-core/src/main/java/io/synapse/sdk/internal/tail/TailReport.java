package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientListener;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.operation.ListenerList;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports how a stream goes to the listener, and in one debug line each to the log. */
final class TailReport {
    private static final Logger LOG = LoggerFactory.getLogger("io.synapse.sdk.streams");
    private static final AtomicLong IDS = new AtomicLong();

    private final ClientListener listener;
    private final LogFeed.Subject subject;
    private final ClientListener.Stream stream;

    TailReport(ClientListener listener, LogFeed.Subject subject) {
        this.listener = listener;
        this.subject = subject;
        this.stream = new ClientListener.Stream(IDS.incrementAndGet(), subject.id());
    }

    void started() {
        report(to -> to.streamStarted(stream));
    }

    void connected(TailProtocol protocol, long offset) {
        LOG.debug("the log of {} is connected over {} from byte {}", subject, protocol, offset);
        report(to -> to.streamConnected(stream, protocol));
    }

    void reconnecting(String reason, Duration delay) {
        LOG.debug("the log of {} connects again in {} ms: {}", subject, delay.toMillis(), reason);
        report(to -> to.streamReconnecting(stream, reason, delay));
    }

    void ended(LogStatistics statistics, Duration duration, @Nullable RuntimeException failure) {
        LOG.debug("the log of {} ended after {} ms: {}", subject, duration.toMillis(), statistics);
        report(to -> to.streamEnded(stream, statistics, duration, Optional.ofNullable(failure)));
    }

    private void report(Consumer<ClientListener> event) {
        ListenerList.tell(listener, event, LOG);
    }
}
