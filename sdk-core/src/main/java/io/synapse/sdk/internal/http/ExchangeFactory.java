package io.synapse.sdk.internal.http;

import io.synapse.sdk.Endpoint;

/** Makes the attempts of calls: the HTTP transport does, and in tests a script. */
public interface ExchangeFactory {
    /**
     * One attempt of a call, not sent yet.
     *
     * @param deadline until when the answer must be there as a whole
     */
    <T> Exchange<T> exchange(Endpoint<T> endpoint, Address address, Deadline deadline);

    /** What tells the callers of these attempts apart from others: headers that all of them have. Secret. */
    default String caller() {
        return "";
    }
}
