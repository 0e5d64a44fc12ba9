package io.synapse.sdk.internal.tail;

import static io.synapse.sdk.TailProtocol.AUTO;
import static io.synapse.sdk.TailProtocol.HTTP;
import static io.synapse.sdk.TailProtocol.WEBSOCKET;

import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.operation.RetryDecision;
import io.synapse.sdk.internal.tail.Verdict.Fail;
import io.synapse.sdk.internal.tail.Verdict.Finish;
import io.synapse.sdk.internal.tail.Verdict.Reconnect;
import java.time.Duration;
import java.util.Optional;

/**
 * What to do after a connection has ended: a pure function of how it ended and what was before; the only place where
 * this is decided.
 *
 * @param feed the log
 * @param options what the user asked for
 * @param retryPolicy how often to try before the first connection
 */
record ReconnectRule(LogFeed feed, TailOptions options, RetryPolicy retryPolicy) {
    /** How many WebSockets in a row may bring nothing before HTTP is tried. */
    static final int MAX_FRUITLESS_WEBSOCKETS = 3;

    /**
     * What was before.
     *
     * @param protocol the way of the connection that ended
     * @param connected whether there ever was a connection
     * @param fruitless attempts and connections in a row, the one that ended included, that brought nothing
     * @param stalled the time since the stream last got any further
     * @param saysWhenComplete whether this server is known to say when the log is complete
     * @param jobIsOver whether the job is known to be over
     */
    record History(
            TailProtocol protocol,
            boolean connected,
            int fruitless,
            Duration stalled,
            boolean saysWhenComplete,
            boolean jobIsOver) {}

    /**
     * Decides.
     *
     * @param random from 0 to 1, for the jitter
     */
    Verdict decide(Ending ending, History before, double random) {
        JobStatus status = ending.status();
        if (status != null && isComplete(ending, before)) {
            return new Finish(status);
        }
        if (mustMoveOn(ending, before)) {
            return new Reconnect(Duration.ZERO, before.protocol() == HTTP ? WEBSOCKET : HTTP);
        }
        if (isFinal(ending)) {
            return new Fail(explained(ending, before));
        }
        if (!before.connected()) {
            return before.fruitless() >= retryPolicy.maxAttempts() || ending.failure() instanceof CircuitOpenException
                    ? new Fail(ending.failure())
                    : new Reconnect(firstPause(ending, before.fruitless(), random), before.protocol());
        }
        if (before.stalled().compareTo(options.reconnectTimeout()) > 0) {
            return new Fail(ending.failure());
        }
        return new Reconnect(pause(ending, before.fruitless(), random), nextProtocol(ending, before));
    }

    /** A close code proves nothing, and a server that says when the log is complete must have said it. */
    private boolean isComplete(Ending ending, History before) {
        if (!ending.isAfterJob()) {
            return false;
        }
        boolean drained = ending.how() == Ending.How.CLOSED && ending.drained() && !before.saysWhenComplete();
        return ending.how() == Ending.How.COMPLETE || drained && !feed.endOverHttp() && !canMoveOn(before);
    }

    private boolean mustMoveOn(Ending ending, History before) {
        if (before.protocol() == HTTP) {
            return canMoveOn(before)
                    && !before.jobIsOver() // else it may be back from there to read the end
                    && ending.how() == Ending.How.REFUSED
                    && !isDenied(ending.failure())
                    && (!isPassing(ending.failure()) || ending.failure() instanceof RateLimitException);
        }
        if (feed.endOverHttp() && ending.how() == Ending.How.CLOSED && ending.isAfterJob()) {
            return true;
        }
        return canMoveOn(before)
                && switch (ending.how()) {
                    case DROPPED, UNREADABLE, SILENT -> true;
                    case REFUSED -> !isDenied(ending.failure()); // a 404 may mean the path, not the job
                    case CLOSED -> ending.drained(); // HTTP must agree that this is the end
                    case UNREACHABLE, COMPLETE, BROKEN, GIVEN_UP -> false;
                };
    }

    /** Whether there is another way than this one. What was left is not tried again. */
    boolean canMoveOn(TailProtocol protocol) {
        return options.protocol() == AUTO && protocol == feed.first();
    }

    private boolean canMoveOn(History before) {
        return canMoveOn(before.protocol());
    }

    /** A server that cannot be reached at all says nothing about its WebSockets. */
    private TailProtocol nextProtocol(Ending ending, History before) {
        boolean hopeless = before.protocol() == WEBSOCKET
                && before.fruitless() >= MAX_FRUITLESS_WEBSOCKETS
                && ending.how() != Ending.How.UNREACHABLE;
        return hopeless && (canMoveOn(before) || feed.endOverHttp()) ? HTTP : before.protocol();
    }

    /** Whether trying again cannot help. */
    private static boolean isFinal(Ending ending) {
        return switch (ending.how()) {
            case GIVEN_UP, UNREADABLE -> true;
            case REFUSED -> !isPassing(ending.failure());
            case UNREACHABLE, DROPPED, BROKEN -> Failures.isUntrusted(ending.failure());
            case COMPLETE, CLOSED, SILENT -> false;
        };
    }

    private static boolean isDenied(ClientException failure) {
        return failure.statusCode() == 401 || failure.statusCode() == 403;
    }

    private static boolean isPassing(ClientException failure) {
        int status = failure.statusCode();
        return status == 408 || status == 429 || status >= 500 && status != 501;
    }

    private ClientException explained(Ending ending, History before) {
        ClientException failure = ending.failure();
        if (!(failure instanceof NotFoundException)) {
            return failure;
        }
        Failure known = failure.failure();
        if (before.connected()) {
            String deleted = feed.subject() + " was deleted while its log was followed: ";
            return new NotFoundException(known.message(deleted + known.message()), failure);
        }
        String otherwise = feed.subject().otherwise();
        return otherwise == null
                ? failure
                : new NotFoundException(known.message(known.message() + "; " + otherwise), failure);
    }

    private Duration firstPause(Ending ending, int attempt, double random) {
        return asked(ending).orElseGet(() -> RetryDecision.delay(retryPolicy, attempt, random));
    }

    /** None after a connection that brought something; then longer and longer. */
    private Duration pause(Ending ending, int fruitless, double random) {
        return fruitless == 0
                ? Duration.ZERO
                : asked(ending).orElseGet(() -> RetryDecision.delay(RetryPolicy.DEFAULT, fruitless, random));
    }

    /** The pause that a busy server asks for, up to what the policy obeys. */
    private Optional<Duration> asked(Ending ending) {
        Duration most = retryPolicy.maxRetryAfter();
        return ending.failure() instanceof RateLimitException limited
                ? limited.retryAfter().map(wait -> wait.compareTo(most) < 0 ? wait : most)
                : Optional.empty();
    }
}
