package io.synapse.sdk.internal.tail;

/** What a {@link LogSource} connects with. */
public interface StreamTransport {}
