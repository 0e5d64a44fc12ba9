package io.synapse.sdk.internal.tail;

import java.io.IOException;

/** What a server repeats of a log is not what it sent before. */
final class ChangedLogException extends IOException {
    private static final long serialVersionUID = 1L;

    ChangedLogException() {
        super("the log is not the one that was followed before");
    }
}
