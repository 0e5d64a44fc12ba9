package io.synapse.sdk.examples;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.ResponseType;

/** Calls an endpoint that the SDK has no method for, with all that a call of the SDK has: retries, errors, limits. */
public final class CallAnything {
    private CallAnything() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        try (ExampleAgent agent = new ExampleAgent()) {
            System.out.println(agent.client().perform(Endpoint.get("system/status/", ResponseType.object())));
        }
    }
}
