package io.synapse.sdk;

import io.synapse.sdk.internal.operation.ListenerList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Observes calls and streams, for metrics and tracing. All methods do nothing by default. They run on the thread that
 * performs the call (a caller's or the client's) and must not block; exceptions they throw are logged and ignored.
 * Secrets in URLs are masked; headers and bodies are not passed.
 */
public interface ClientListener {
    /** Does nothing. */
    ClientListener NONE = new ClientListener() {};

    /** A listener that tells each of these, in this order; an exception of one is logged and keeps nothing from the next. */
    static ClientListener all(List<ClientListener> listeners) {
        return new ListenerList(List.copyOf(listeners));
    }

    /** A request is about to be sent for the first time. */
    default void callStarted(Call call) {}

    /**
     * An attempt begins. What happens until {@link #attemptFinished} is done on the same thread, the
     * {@linkplain RequestInterceptor interceptors} included; the next attempt of an asynchronous call may be on another one.
     * An attempt that a {@link RequestInterceptor} ends by an exception is followed by {@link #callFinished} only.
     *
     * @param number 1 for the first
     * @param server the base URL of the server
     */
    default void attemptStarted(Call call, int number, String server) {}

    /** An attempt has ended, successfully or not. */
    default void attemptFinished(Call call, Attempt attempt) {}

    /** The request will be sent again after a pause. */
    default void retryScheduled(Call call, Attempt failed, Duration delay) {}

    /** The call has ended with the outcome of the last attempt; {@code duration} includes retries and delays. */
    default void callFinished(Call call, Attempt last, Duration duration) {}

    /**
     * The call has failed, and its caller gets the answer of a {@linkplain Resilience fallback} instead. Comes just before
     * {@link #callFinished}, which tells the failure.
     */
    default void fallbackUsed(Call call, FallbackMark mark) {}

    /** A log stream begins: it is read for the first time, and about to connect. */
    default void streamStarted(Stream stream) {}

    /** A log stream has connected, for the first time or again. */
    default void streamConnected(Stream stream, TailProtocol protocol) {}

    /** A log stream lost its connection, or the server ended it too early; it reconnects after the delay. */
    default void streamReconnecting(Stream stream, String reason, Duration delay) {}

    /**
     * A log stream that has started has ended; the failure is empty if the log is complete or the reader closed the stream.
     * May be on another thread than what came before.
     */
    default void streamEnded(
            Stream stream, LogStatistics statistics, Duration duration, Optional<RuntimeException> failure) {}

    /** A stream of events begins: it is read for the first time, and about to connect. */
    default void eventsStarted(Events stream) {}

    /**
     * A connection of a stream of events was lost, could not be made, or was ended too early by the server; the next one
     * follows after the delay.
     */
    default void eventsReconnecting(Events stream, String reason, Duration delay) {}

    /**
     * A stream of events that has started has ended; the failure is empty if it is complete or the reader closed it. May be
     * on another thread than what came before.
     */
    default void eventsEnded(
            Events stream, EventStatistics statistics, Duration duration, Optional<RuntimeException> failure) {}

    /**
     * One call.
     *
     * @param id unique in this JVM
     * @param operation the name of the operation's method ({@code getJob}); empty for an unnamed operation
     * @param method the HTTP method
     * @param pathTemplate the path with {@code {}} in place of ids, for use as a metric tag
     * @param url the URL, secrets masked; with several servers, that of one of them
     */
    record Call(long id, Optional<String> operation, HttpMethod method, String pathTemplate, String url) {}

    /**
     * One attempt of a call.
     *
     * @param number 1 for the first; 0 if the call failed before it
     * @param server the base URL of the server
     * @param statusCode the status of the response; empty if there was none
     * @param duration from the start of the attempt to the last byte of the response, or to the failure
     * @param bytesSent bytes of the request body
     * @param bytesReceived bytes of the response body
     * @param failure the failure; empty if the attempt succeeded
     */
    record Attempt(
            int number,
            String server,
            OptionalInt statusCode,
            Duration duration,
            long bytesSent,
            long bytesReceived,
            Optional<ClientException> failure) {}

    /**
     * One log stream.
     *
     * @param id unique in this JVM
     * @param job the id of the job or build that the log belongs to
     */
    record Stream(long id, String job) {}

    /**
     * One stream of events.
     *
     * @param id unique in this JVM among streams of events
     * @param method the HTTP method of its request
     * @param pathTemplate the path of its request with {@code {}} in place of ids; over gRPC, {@code /} and the full name of
     *     the method
     */
    record Events(long id, HttpMethod method, String pathTemplate) {}
}
