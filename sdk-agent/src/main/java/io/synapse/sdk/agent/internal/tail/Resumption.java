package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.tail.LogSource;

/** How an agent that counts is asked to go on where we stopped; others are asked as ever. */
final class Resumption {
    private Resumption() {}

    static Endpoint<String> of(Endpoint<String> endpoint, LogSource.Resume from) {
        if (from.offset() == 0) {
            return endpoint;
        }
        return endpoint.query("offset", from.offset()).query("max_event", from.maxMessageBytes());
    }
}
