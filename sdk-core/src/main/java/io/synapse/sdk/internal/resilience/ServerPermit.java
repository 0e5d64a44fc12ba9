package io.synapse.sdk.internal.resilience;

import io.synapse.sdk.CircuitBreaker;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.internal.balance.AttemptResult;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.http.FailedAttempt;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leave to make one attempt at one server, or a place in its queue. {@link #end} gives it back, exactly once. Used by one
 * thread at a time.
 */
public final class ServerPermit implements Admission {
    private final Server server;
    private final CircuitBreaker.@Nullable Permission permission;
    private final Bulkhead.@Nullable Place place;

    ServerPermit(Server server, CircuitBreaker.@Nullable Permission permission, Bulkhead.@Nullable Place place) {
        this.server = server;
        this.permission = permission;
        this.place = place;
        server.begin();
    }

    /** The server that gets the attempt. */
    public Server server() {
        return server;
    }

    /** Whether the attempt may be made now; if not, the call is woken up when it may. */
    public boolean isGranted() {
        return place == null || place.isHeld();
    }

    /**
     * What a call fails with whose time was up while it waited for the server.
     *
     * @param request method and URL, without secrets
     * @param limit the total time of the call
     * @param last how the call's last attempt failed; null if there was none
     */
    public FailedAttempt timeout(String request, Duration limit, @Nullable ClientException last) {
        String message = request + " timed out: it waited " + limit.toMillis() / 1000.0 + " s for one of the "
                + (place == null ? 0 : place.inFlight()) + " calls in flight at " + server + " to end";
        Failure failure = new Failure(408, message, null, Map.of(), request, 0, false);
        return new FailedAttempt(
                failure, false, Optional.empty(), known -> new RequestTimeoutException(Kind.CALL, known, last));
    }

    /**
     * The attempt is over, or will not be made.
     *
     * @param tookNanos how long it took
     * @param now the time on the clock of the {@link io.synapse.sdk.internal.balance.Servers}
     */
    public void end(AttemptResult result, long tookNanos, long now) {
        server.end(result, tookNanos, now);
        try {
            tell(result, Duration.ofNanos(tookNanos));
        } finally {
            if (place != null) {
                place.close();
            }
        }
    }

    private void tell(AttemptResult result, Duration took) {
        if (permission != null) {
            switch (result) {
                case ANSWERED -> permission.onSuccess(took);
                case FAILED, TIMED_OUT -> permission.onFailure(took);
                case WITHDRAWN -> permission.release();
            }
        }
    }
}
