package io.synapse.sdk.gateway.server.internal;

import java.util.function.Consumer;

/** Takes pieces of text, also with how much of the work is done. */
public interface ProgressConsumer extends Consumer<String> {
    /**
     * Takes a piece.
     *
     * @param piece the text
     * @param percent how much of the work is done with it, 0 to 100
     */
    void accept(String piece, double percent);
}
