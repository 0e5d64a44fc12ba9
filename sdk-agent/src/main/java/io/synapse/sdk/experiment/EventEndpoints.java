package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.experiment.internal.ExperimentEvents;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The event streams of the blocking and the asynchronous event operations. */
final class EventEndpoints {
    private static final Pattern ID = Pattern.compile("\\d{1,18}");

    private EventEndpoints() {}

    /**
     * The events after one; nothing is sent for that.
     *
     * @param afterId its id; null for those from now on
     */
    static Operation<EventEndpoint<ExperimentEvent>> events(@Nullable String afterId) {
        return Operation.forDialect(ExperimentProtocol.class, protocol -> {
            if (afterId != null && !ID.matcher(afterId).matches()) {
                throw BadRequestException.refused("the id of an event is a number");
            }
            return Operation.of(ExperimentEvents.after(afterId, protocol));
        });
    }
}
