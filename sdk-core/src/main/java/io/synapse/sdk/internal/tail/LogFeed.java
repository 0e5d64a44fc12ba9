package io.synapse.sdk.internal.tail;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.TailProtocol;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A log as one kind of server gives it out.
 *
 * @param subject whose log it is; what is said here of its job goes for anything else that has a log
 * @param state asks where the job stands; its failure with "not found" means that the job is gone
 * @param webSocket the log over a WebSocket
 * @param http the log over HTTP
 * @param first where the automatic protocol begins; it moves on to the other way when it cannot get any further
 * @param endOverHttp whether only HTTP can tell that the log is complete: then the end is read over HTTP, whichever
 *     protocol was asked for
 */
public record LogFeed(
        Subject subject,
        Operation<State> state,
        LogSource webSocket,
        LogSource http,
        TailProtocol first,
        boolean endOverHttp)
        implements LogEndpoint {
    /**
     * Whose log it is.
     *
     * @param kind what it is, in a word: "job"
     * @param id its id
     * @param otherwise what "not found" may mean beside that there is no such thing; null for nothing
     */
    public record Subject(String kind, String id, @Nullable String otherwise) {
        /** A job. */
        public static Subject job(String id) {
            return new Subject("job", id, null);
        }

        /** As it is called in a sentence: "job train-7". */
        @Override
        public String toString() {
            return kind + " " + id;
        }
    }

    /**
     * Where the job stands.
     *
     * @param status its status
     * @param startTime when it began; another one shows that it is another job of the same id. Null when not known
     */
    public record State(JobStatus status, @Nullable Instant startTime) {}

    /** A log that comes best over a WebSocket, on a server either of whose ways can tell that the log is complete. */
    public static LogFeed overEither(Subject subject, Operation<State> state, LogSource webSocket, LogSource http) {
        return new LogFeed(subject, state, webSocket, http, TailProtocol.WEBSOCKET, false);
    }

    /** A log that comes best over HTTP, on a server whose WebSocket cannot tell that the log is complete. */
    public static LogFeed overHttp(Subject subject, Operation<State> state, LogSource webSocket, LogSource http) {
        return new LogFeed(subject, state, webSocket, http, TailProtocol.HTTP, true);
    }

    LogSource source(TailProtocol protocol) {
        return protocol == TailProtocol.HTTP ? http : webSocket;
    }
}
