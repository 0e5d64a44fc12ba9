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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leave to make one attempt at one server, or a place in its queue. {@link #end} gives it back, exactly once. Used by one
 * thread at a time.
 */
public final class ServerPermit implements Admission {
    private static final Logger LOG = LoggerFactory.getLogger("io.synapse.sdk.calls");

    private final Server server;
    private final @Nullable CircuitBreaker breaker;
    private final CircuitBreaker.@Nullable Permission permission;
    private final Bulkhead.@Nullable Place place;
    private boolean reported;

    ServerPermit(
            Server server,
            @Nullable CircuitBreaker breaker,
            CircuitBreaker.@Nullable Permission permission,
            Bulkhead.@Nullable Place place) {
        this.server = server;
        this.breaker = breaker;
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

    /** Whether the circuit was opened while it waited, so that the attempt must not be made any more. */
    public boolean isOutdated() {
        return breaker != null && breaker.state() == CircuitBreaker.State.OPEN;
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
     * What the attempt tells of the server: at its end, of a stream at its first message. Only the first report counts.
     *
     * @param tookNanos how long it took
     * @param now the time on the clock of the {@link io.synapse.sdk.internal.balance.Servers}
     */
    public void report(AttemptResult result, long tookNanos, long now) {
        if (reported) {
            return;
        }
        reported = true;
        server.report(result, tookNanos, now);
        settle(result, Duration.ofNanos(tookNanos));
    }

    private void settle(AttemptResult result, Duration took) {
        if (permission == null) {
            return;
        }
        try {
            switch (result) {
                case ANSWERED -> permission.onSuccess(took);
                case FAILED, TIMED_OUT -> permission.onFailure(took);
                case WITHDRAWN -> permission.release();
            }
        } catch (RuntimeException e) {
            LOG.warn("a circuit breaker failed", e);
        }
    }

    /** Reports what the attempt tells, and gives the permit back. */
    public void end(AttemptResult result, long tookNanos, long now) {
        report(result, tookNanos, now);
        giveBack();
    }

    /**
     * As {@link #end}, for the opening of a connection that lasts: a server may wait for something to send before it
     * answers, so that the time says nothing of how long calls take.
     */
    public void endOpening(AttemptResult result, long tookNanos, long now) {
        server.report(result, now);
        settle(result, Duration.ofNanos(tookNanos));
        giveBack();
    }

    private void giveBack() {
        server.end();
        if (place != null) {
            place.close();
        }
    }
}
