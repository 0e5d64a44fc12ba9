package io.synapse.sdk.internal.tail;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;

/**
 * A log in the words of one server.
 *
 * @param job the id of the job whose log it is
 * @param status asks where the job stands; its failure with "not found" means that the job is gone
 * @param webSocket the log over a WebSocket
 * @param http the log over HTTP
 */
public record LogFeed(String job, Operation<JobStatus> status, LogSource webSocket, LogSource http)
        implements LogEndpoint {}
