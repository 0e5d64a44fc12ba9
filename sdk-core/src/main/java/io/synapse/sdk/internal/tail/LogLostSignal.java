package io.synapse.sdk.internal.tail;

import java.io.IOException;

/** What a server gives out is not, or cannot be proven to be, the log that was delivered so far. */
final class LogLostSignal extends IOException {
    private static final long serialVersionUID = 1L;

    LogLostSignal(String why) {
        super(why);
    }
}
