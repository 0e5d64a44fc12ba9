package io.synapse.sdk.internal.http;

/** What comes through a {@link WebSocketConnection}. */
public sealed interface WebSocketEvent {
    /**
     * A message, put together from its frames; text and binary ones look the same. Its bytes are only lent, until the
     * next event is asked for.
     *
     * @param bytes holds the message
     * @param from where it starts
     * @param length how long it is
     */
    record Message(byte[] bytes, int from, int length) implements WebSocketEvent {}

    /** The server wanted to know whether we are there, and was answered; or answered us. */
    record Ping() implements WebSocketEvent {}

    /** Nothing came in the time given; the connection is as good as before. */
    record Silence() implements WebSocketEvent {}

    /**
     * The server has closed the connection.
     *
     * @param code its close code, which proves nothing
     */
    record Closed(int code) implements WebSocketEvent {}
}
