package io.synapse.sdk.testkit;

import java.io.IOException;

/** Unwinds a relay when a fault ends its connection. */
final class ConnectionCut extends IOException {
    private static final long serialVersionUID = 1L;

    private final Ending ending;

    ConnectionCut(Ending ending) {
        super("cut by a fault (" + ending + ")");
        this.ending = ending;
    }

    Ending ending() {
        return ending;
    }
}
