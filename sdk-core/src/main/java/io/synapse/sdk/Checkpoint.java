package io.synapse.sdk;

/**
 * How far a stream was read.
 *
 * @param stream the server's id of the stream
 * @param number the number of the last event that was delivered, 1 for the first
 * @param request a hash of the request that began the stream
 */
public record Checkpoint(String stream, long number, String request) {}
