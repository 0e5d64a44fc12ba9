package io.synapse.sdk.internal.http;

import org.jspecify.annotations.Nullable;

/** One attempt of one call: sent and read on the thread that calls {@link #run}; aborted by any. */
public interface Exchange<T extends @Nullable Object> {
    /** Sends the request, reads the answer and says what came of it. Blocks. */
    Outcome<T> run();

    /**
     * Closes the connection at once, from any thread; does nothing when the attempt is over.
     *
     * @param why the end of a sentence that begins with the request: "the client was closed"
     */
    void abort(String why);

    /** Method and URL, without secrets. */
    String request();
}
