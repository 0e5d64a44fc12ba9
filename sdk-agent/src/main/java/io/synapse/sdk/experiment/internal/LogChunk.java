package io.synapse.sdk.experiment.internal;

/**
 * Bytes of a log.
 *
 * @param offset where in the log they begin
 * @param bytes what is there from then on
 * @param reachesEnd whether the log has no more at present
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LogChunk(long offset, byte[] bytes, boolean reachesEnd) {}
