package io.synapse.sdk.internal.event;

import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.EventPublisher;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.internal.http.ClientThreads;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.operation.Clock;
import io.synapse.sdk.internal.publish.PublishedEvents;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads events for one client, whose closing ends its streams. Thread-safe. */
public final class EventEngine implements AutoCloseable {
    private final HttpTransport transport;
    private final Clock clock;
    private final ClientThreads threads;
    private final Set<EventReader<?>> underWay;
    private final Set<PublishedEvents<?>> published;

    /**
     * An engine of a client.
     *
     * @param threads where publishers run
     */
    public EventEngine(HttpTransport transport, Clock clock, ClientThreads threads) {
        this(transport, clock, threads, ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
    }

    private EventEngine(
            HttpTransport transport,
            Clock clock,
            ClientThreads threads,
            Set<EventReader<?>> underWay,
            Set<PublishedEvents<?>> published) {
        this.transport = transport;
        this.clock = clock;
        this.threads = threads;
        this.underWay = underWay;
        this.published = published;
    }

    /** An engine over another transport that is closed with this one. */
    public EventEngine with(HttpTransport other) {
        return new EventEngine(other, clock, threads, underWay, published);
    }

    /** A stream of events. */
    public <T> EventStream<T> follow(EventEndpoint<T> events) {
        return followed(events);
    }

    /** A publisher of events. */
    public <T> EventPublisher<T> publish(EventEndpoint<T> events) {
        PublishedEvents<T> publisher = new PublishedEvents<>(followed(events), threads::streams);
        published.add(publisher);
        publisher.completion().whenComplete((nothing, failure) -> published.remove(publisher));
        return publisher;
    }

    /** Closes all streams; their readers get a {@link io.synapse.sdk.CallCancelledException}. */
    @Override
    public void close() {
        underWay.forEach(EventReader::close);
        published.forEach(PublishedEvents::clientClosed);
    }

    private <T> FollowedEvents<T> followed(EventEndpoint<T> events) {
        return new FollowedEvents<>(new EventReader<>(events, transport, clock, underWay));
    }
}
