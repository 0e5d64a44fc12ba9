package io.synapse.sdk.internal.resilience;

import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.internal.http.FailedAttempt;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an attempt may be made, and at which server. */
public sealed interface Admission permits ServerPermit, Admission.Refused {
    /** There is no server for it at present. */
    sealed interface Refused extends Admission {
        /**
         * What the call fails with.
         *
         * @param request method and URL, without secrets
         * @param last how the call's last attempt failed; null if there was none
         */
        FailedAttempt failure(String request, @Nullable ClientException last);
    }

    /** The circuit breakers of all servers are open. */
    record CircuitOpen() implements Refused {
        @Override
        public FailedAttempt failure(String request, @Nullable ClientException last) {
            String message = request + " was not sent: the circuit is open, since the service failed too often just now"
                    + (last == null ? "" : " (" + last.getMessage() + ")");
            Failure failure = new Failure(503, message, null, Map.of(), request, 0, false);
            return new FailedAttempt(failure, false, Optional.empty(), known -> new CircuitOpenException(known, last));
        }
    }

    /**
     * Too many calls wait already.
     *
     * @param inFlight how many calls the last server that was asked has
     * @param queued how many more wait for it
     */
    record QueueFull(int inFlight, int queued) implements Refused {
        @Override
        public FailedAttempt failure(String request, @Nullable ClientException last) {
            String message = request + " was refused by the client: " + inFlight + " calls are in flight and " + queued
                    + " wait, which is its limit";
            Failure failure = new Failure(429, message, null, Map.of(), request, 0, false);
            return new FailedAttempt(failure, false, Optional.empty(), known -> new RateLimitException(known, null));
        }
    }
}
