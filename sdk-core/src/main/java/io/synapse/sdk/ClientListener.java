package io.synapse.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Observes what a client does, for metrics and tracing. All methods do nothing unless overridden. They are
 * called on the thread that works (a caller's or the client's) and must not block; what they throw is logged and
 * otherwise ignored. Secrets in URLs are masked; headers and bodies are never shown.
 */
public interface ClientListener {
    /** Does nothing. */
    ClientListener NONE = new ClientListener() {};

    /** A request is about to be sent for the first time. */
    default void callStarted(Call call) {}

    /** One attempt is over, whatever came of it. */
    default void attemptFinished(Call call, Attempt attempt) {}

    /** The request will be sent again after a pause. */
    default void retryScheduled(Call call, Attempt failed, Duration delay) {}

    /** The call is over: the last attempt has the outcome; {@code duration} includes repeats and pauses. */
    default void callFinished(Call call, Attempt last, Duration duration) {}

    /** A log stream has a connection, its first or a new one. */
    default void streamConnected(Stream stream, TailProtocol protocol) {}

    /** A log stream lost its connection, or the server ended it too early; it will be made anew after a pause. */
    default void streamReconnecting(Stream stream, String reason, Duration delay) {}

    /** A log stream is over; the failure is empty when it came to its proper end or was closed by its reader. */
    default void streamEnded(
            Stream stream, LogStatistics statistics, Duration duration, Optional<RuntimeException> failure) {}

    /**
     * One call.
     *
     * @param id unique in this JVM
     * @param operation the operation that it is part of, by the name of its method ({@code getJob}); empty for one
     *     without a name
     * @param method the HTTP method
     * @param pathTemplate the path with {@code {}} in the place of ids, fit for the tag of a metric
     * @param url the URL, secrets masked
     */
    record Call(long id, Optional<String> operation, HttpMethod method, String pathTemplate, String url) {}

    /**
     * One attempt of a call.
     *
     * @param number 1 for the first
     * @param statusCode the status of the answer; empty when there was none
     * @param duration from the start of the attempt to the last byte of the answer, or to the failure
     * @param bytesSent bytes of the request's body
     * @param bytesReceived bytes of the answer's body
     * @param failure the failure; empty when the attempt succeeded
     */
    record Attempt(
            int number,
            OptionalInt statusCode,
            Duration duration,
            long bytesSent,
            long bytesReceived,
            Optional<ClientException> failure) {}

    /**
     * One log stream.
     *
     * @param id unique in this JVM
     * @param job the id of the job, or of the build, whose log it is
     */
    record Stream(long id, String job) {}
}
