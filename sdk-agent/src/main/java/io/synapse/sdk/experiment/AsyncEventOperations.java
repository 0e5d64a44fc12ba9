package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncEventFollower;
import io.synapse.sdk.AsyncPerformer;
import io.synapse.sdk.EventPublisher;

/**
 * The asynchronous twin of {@link EventOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncEventOperations extends AsyncPerformer, AsyncEventFollower {
    /** Asynchronous twin of {@link EventOperations#followEvents()}. */
    default EventPublisher<ExperimentEvent> followEvents() {
        return follow(sync().perform(EventEndpoints.events(null)));
    }

    /** Asynchronous twin of {@link EventOperations#followEvents(String)}. */
    default EventPublisher<ExperimentEvent> followEvents(String afterId) {
        return follow(sync().perform(EventEndpoints.events(afterId)));
    }
}
