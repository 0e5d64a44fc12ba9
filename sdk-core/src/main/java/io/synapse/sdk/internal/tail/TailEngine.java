package io.synapse.sdk.internal.tail;

import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.internal.http.ClientThreads;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.operation.OperationEngine;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Follows logs for one client, whose closing ends its streams. Thread-safe. */
public final class TailEngine implements AutoCloseable {
    private final HttpTransport transport;
    private final OperationEngine calls;
    private final Object dialect;
    private final ClientThreads threads;
    private final Set<TailReader> underWay;
    private final Set<PublishedLog> published;

    /**
     * An engine of a client.
     *
     * @param calls asks where a job stands
     * @param dialect what a {@link DialectLog} is made with
     * @param threads where publishers run
     */
    public TailEngine(HttpTransport transport, OperationEngine calls, Object dialect, ClientThreads threads) {
        this(transport, calls, dialect, threads, ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
    }

    private TailEngine(
            HttpTransport transport,
            OperationEngine calls,
            Object dialect,
            ClientThreads threads,
            Set<TailReader> underWay,
            Set<PublishedLog> published) {
        this.transport = transport;
        this.calls = calls;
        this.dialect = dialect;
        this.threads = threads;
        this.underWay = underWay;
        this.published = published;
    }

    /** An engine over another transport that is closed with this one. */
    public TailEngine with(HttpTransport other, OperationEngine otherCalls) {
        return new TailEngine(other, otherCalls, dialect, threads, underWay, published);
    }

    /** A stream over a log. */
    public LogStream follow(LogEndpoint log, TailOptions options) {
        StreamLimits limits = options.limits().orElse(transport.settings().streamLimits());
        TailReader reader =
                new TailReader(feed(log), options, limits, transport, new ClientTailContext(calls), underWay);
        return new FollowedLog(reader, limits.maxMessageSize());
    }

    /** A publisher of a log. */
    public LogPublisher publish(LogEndpoint log, TailOptions options) {
        PublishedLog publisher = new PublishedLog(follow(log, options), threads::streams);
        published.add(publisher);
        publisher.completion().whenComplete((status, failure) -> published.remove(publisher));
        return publisher;
    }

    /** Closes all streams; their readers get a {@link io.synapse.sdk.CallCancelledException}. */
    @Override
    public void close() {
        underWay.forEach(TailReader::close);
        published.forEach(PublishedLog::clientClosed);
    }

    private LogFeed feed(LogEndpoint log) {
        LogEndpoint known = log;
        while (known instanceof DialectLog waiting) {
            known = waiting.in(dialect);
        }
        return (LogFeed) known;
    }
}
