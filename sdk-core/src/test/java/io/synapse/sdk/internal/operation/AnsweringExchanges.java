package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.http.Address;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Exchange;
import io.synapse.sdk.internal.http.ExchangeFactory;
import io.synapse.sdk.internal.http.Outcome;
import java.util.OptionalInt;

/** Exchanges without a server: each does what the test says, then answers by "ok". */
record AnsweringExchanges(Body body) implements ExchangeFactory {
    /** What happens until the answer. */
    interface Body {
        void run() throws InterruptedException;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Exchange<T> exchange(Endpoint<T> endpoint, Address address, Deadline deadline) {
        return new Exchange<>() {
            @Override
            public Outcome<T> run() {
                try {
                    body.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new Outcome<>((T) "ok", null, OptionalInt.of(200), 0, 0);
            }

            @Override
            public void abort(String why) {}

            @Override
            public String request() {
                return "GET x";
            }
        };
    }
}
