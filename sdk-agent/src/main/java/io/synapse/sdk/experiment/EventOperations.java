package io.synapse.sdk.experiment;

import io.synapse.sdk.EventFollower;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.Performer;

/** Events of a server (wire/experiments.md, section 4). */
public interface EventOperations extends Performer, EventFollower {
    /**
     * Follows what happens at the server from now on, without an end; {@link EventStream#close()} ends it. A server of
     * this project numbers events that must not be missed, and the stream goes on after them when it was cut. Where
     * events were missed it has an {@link ExperimentEvent.Reset}: at each cut of the original, which numbers none. No
     * byte for 45 s counts as a cut.
     *
     * <p>While the original has a follower, it answers submissions with an error although it queues them; {@link
     * QueueOperations#submitExperiment} knows that.
     */
    default EventStream<ExperimentEvent> followEvents() {
        return follow(perform(EventEndpoints.events(null)));
    }

    /**
     * Follows what has happened since an event, as {@link #followEvents()}.
     *
     * @param afterId the id of that event
     * @throws io.synapse.sdk.BadRequestException when it is not an id
     */
    default EventStream<ExperimentEvent> followEvents(String afterId) {
        return follow(perform(EventEndpoints.events(afterId)));
    }
}
