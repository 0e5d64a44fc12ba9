package io.synapse.sdk;

import java.io.Serializable;

/**
 * What a stream of events has done so far. Immutable.
 *
 * @param events events received, each once
 * @param bytes bytes received: over HTTP all that the connections brought, over gRPC the messages
 * @param reconnects how often it was begun or continued again after a connection had ended or could not be made
 */
public record EventStatistics(long events, long bytes, long reconnects) implements Serializable {}
