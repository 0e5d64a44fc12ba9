package io.synapse.sdk;

import java.time.Duration;
import java.util.Optional;

/**
 * Keeps requests from one server for a while after too many of them failed. Implementations are thread-safe and do not
 * block; {@code sdk-resilience} has one.
 */
public interface CircuitBreaker {
    /** Asks for leave to send a request; empty when it must not be sent. */
    Optional<Permission> tryAcquire();

    /** The state at present. */
    State state();

    /** Leave to send one request. Exactly one of its methods is called, once, by any thread. */
    interface Permission {
        /** The server answered, be it with an error of the caller's (4xx but 408 and 429). */
        void onSuccess(Duration took);

        /** The server failed: no connection, no response, a time limit, 429 or 5xx. */
        void onFailure(Duration took);

        /** The request was not sent, or was ended by the caller: it says nothing about the server. */
        void release();
    }

    /** The states of a circuit breaker. */
    enum State {
        /** Requests are sent, and their results counted. */
        CLOSED,

        /** No requests are sent. */
        OPEN,

        /** A few requests find out whether the server is well again. */
        HALF_OPEN
    }

    /** Creates the circuit breaker of a server. Thread-safe. */
    @FunctionalInterface
    interface Factory {
        /**
         * A circuit breaker that is closed.
         *
         * @param server the server's base URL
         */
        CircuitBreaker create(String server);
    }
}
