package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.http.Address;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Exchange;
import java.time.Duration;

/** Makes the attempts of calls: the HTTP transport does, and in tests a script. */
@FunctionalInterface
public interface ExchangeFactory {
    /**
     * One attempt of a call, not sent yet.
     *
     * @param deadline until when the answer must be there as a whole
     * @param callTimeout what the call was given in all; zero for no limit
     */
    <T> Exchange<T> exchange(Endpoint<T> endpoint, Address address, Deadline deadline, Duration callTimeout);
}
