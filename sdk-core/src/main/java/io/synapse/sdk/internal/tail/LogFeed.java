package io.synapse.sdk.internal.tail;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.TailProtocol;

/**
 * A log in the words of one server.
 *
 * @param job the id of the job whose log it is
 * @param status asks where the job stands; its failure with "not found" means that the job is gone
 * @param webSocket the log over a WebSocket
 * @param http the log over HTTP
 * @param first where the automatic protocol begins; it moves on to the other way when it cannot get any further
 * @param endOverHttp whether only HTTP can tell that the log is complete: then the end is read over HTTP, whichever
 *     protocol was asked for
 */
public record LogFeed(
        String job,
        Operation<JobStatus> status,
        LogSource webSocket,
        LogSource http,
        TailProtocol first,
        boolean endOverHttp)
        implements LogEndpoint {
    /** A log that comes best over a WebSocket, on a server either of whose ways can tell that the log is complete. */
    public static LogFeed overEither(String job, Operation<JobStatus> status, LogSource webSocket, LogSource http) {
        return new LogFeed(job, status, webSocket, http, TailProtocol.WEBSOCKET, false);
    }

    /** A log that comes best over HTTP, on a server whose WebSocket cannot tell that the log is complete. */
    public static LogFeed overHttp(String job, Operation<JobStatus> status, LogSource webSocket, LogSource http) {
        return new LogFeed(job, status, webSocket, http, TailProtocol.HTTP, true);
    }

    LogSource source(TailProtocol protocol) {
        return protocol == TailProtocol.HTTP ? http : webSocket;
    }
}
