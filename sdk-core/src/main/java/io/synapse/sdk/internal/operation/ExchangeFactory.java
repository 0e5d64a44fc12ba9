package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.http.Address;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Exchange;

/** Makes the attempts of calls: the HTTP transport does, and in tests a script. */
@FunctionalInterface
public interface ExchangeFactory {
    /**
     * One attempt of a call, not sent yet.
     *
     * @param deadline until when the answer must be there as a whole
     */
    <T> Exchange<T> exchange(Endpoint<T> endpoint, Address address, Deadline deadline);
}
