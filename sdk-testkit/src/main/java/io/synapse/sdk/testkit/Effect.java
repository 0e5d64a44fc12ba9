package io.synapse.sdk.testkit;

import java.util.Map;

/** What a {@link Fault} does to the request it has found. */
sealed interface Effect {

    /** No fault: the request goes to the server, the reply to the client. */
    record None() implements Effect {}

    /** The proxy answers; the server is not asked. */
    record Answer(int status, Map<String, String> headers, String body) implements Effect {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    /** The request vanishes; the client waits. */
    record Swallow() implements Effect {}

    /** The connection ends; the server is not asked. */
    record Disconnect(Ending ending) implements Effect {}

    /** The server answers, the client never learns it. */
    record LoseReply() implements Effect {}

    /** The connection ends when the server has sent so many bytes more. */
    record CutAfter(long bytes, Ending ending) implements Effect {}

    /** After so many bytes of frames, at a frame's end, the client gets a Close frame that the server never sent. */
    record CloseFrame(long afterBytes, int code) implements Effect {}

    /** After so many bytes of frames, the next frame stops half-way and the connection ends. */
    record HalfFrame(long afterBytes, Ending ending) implements Effect {}
}
