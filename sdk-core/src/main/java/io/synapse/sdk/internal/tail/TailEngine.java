package io.synapse.sdk.internal.tail;

import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.internal.http.ClientThreads;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.operation.OperationEngine;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Follows logs for one client, which takes its streams along when it closes. Thread-safe. */
public final class TailEngine implements AutoCloseable {
    private final HttpTransport transport;
    private final OperationEngine calls;
    private final Object dialect;
    private final ClientThreads threads;
    private final Set<TailReader> underWay;

    /**
     * An engine of a client.
     *
     * @param calls asks where a job stands
     * @param dialect what spoken logs are said in
     * @param threads where publishers run, and what has to be done while a reader waits
     */
    public TailEngine(HttpTransport transport, OperationEngine calls, Object dialect, ClientThreads threads) {
        this(transport, calls, dialect, threads, ConcurrentHashMap.newKeySet());
    }

    private TailEngine(
            HttpTransport transport,
            OperationEngine calls,
            Object dialect,
            ClientThreads threads,
            Set<TailReader> underWay) {
        this.transport = transport;
        this.calls = calls;
        this.dialect = dialect;
        this.threads = threads;
        this.underWay = underWay;
    }

    /** An engine over another transport that is closed with this one. */
    public TailEngine with(HttpTransport other, OperationEngine otherCalls) {
        return new TailEngine(other, otherCalls, dialect, threads, underWay);
    }

    /** A stream over a log. */
    public LogStream follow(LogEndpoint log, TailOptions options) {
        TailReader reader =
                new TailReader(spoken(log), options, transport, new ClientSurroundings(calls, threads), underWay);
        return new FollowedLog(reader, options.limits().maxMessageSize());
    }

    /** A publisher of a log. */
    public LogPublisher publish(LogEndpoint log, TailOptions options) {
        return new PublishedLog(follow(log, options), threads::streams);
    }

    /** Closes all streams; their readers get a {@link io.synapse.sdk.CallCancelledException}. */
    @Override
    public void close() {
        underWay.forEach(TailReader::close);
    }

    private LogFeed spoken(LogEndpoint log) {
        LogEndpoint said = log;
        while (said instanceof SpokenLog words) {
            said = words.in(dialect);
        }
        return (LogFeed) said;
    }
}
