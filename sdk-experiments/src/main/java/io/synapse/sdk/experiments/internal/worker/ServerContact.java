package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.NotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of one thread of the worker to a server that may be away: a call that fails for the moment is made again, by whoever
 * asks again once a pause has passed. Not thread-safe.
 */
final class ServerContact {
    private static final Logger LOG = LoggerFactory.getLogger(ServerContact.class);

    private final String purpose;
    private final Backoff backoff;
    private final LongSupplier nanos;
    private long closedUntil;
    private boolean isFailing;
    private String refusal = "";

    /** @param purpose what the calls are for, in the log */
    ServerContact(String purpose, Backoff backoff, LongSupplier nanos) {
        this.purpose = purpose;
        this.backoff = backoff;
        this.nanos = nanos;
    }

    /** What became of a call. */
    enum Outcome {
        DONE,
        /** The server does not want it, and would not if it were repeated. */
        REFUSED,
        /** It is to be made again later. */
        LATER
    }

    /** A call that may fail on this machine too. */
    interface Call {
        /** Makes it. */
        void make() throws IOException;
    }

    /** Whether the pause after the last failure has passed. */
    boolean isOpen() {
        return !isFailing || nanos.getAsLong() - closedUntil >= 0;
    }

    /** How long the pause after the last failure goes on; zero when it has passed. */
    Duration pause() {
        return isOpen() ? Duration.ZERO : Duration.ofNanos(closedUntil - nanos.getAsLong());
    }

    /**
     * Makes a call, unless it is too early. One that fails on this machine is made again later too.
     *
     * @throws CallCancelledException when this thread is to end
     */
    Outcome call(Call call) {
        return call(call, this::failed, Outcome.LATER);
    }

    /**
     * Makes a call, unless it is too early. One that fails on this machine counts as made.
     *
     * @param onFailureHere gets why
     * @throws CallCancelledException when this thread is to end
     */
    Outcome call(Call call, Consumer<IOException> onFailureHere) {
        return call(call, onFailureHere, Outcome.DONE);
    }

    private Outcome call(Call call, Consumer<IOException> onFailureHere, Outcome afterFailureHere) {
        if (!isOpen()) {
            return Outcome.LATER;
        }
        try {
            call.make();
            succeeded();
            return Outcome.DONE;
        } catch (ConflictException | NotFoundException | BadRequestException e) {
            succeeded();
            refusal = String.valueOf(e.getMessage());
            LOG.debug("{}: refused: {}", purpose, refusal);
            return Outcome.REFUSED;
        } catch (CallCancelledException e) {
            throw e;
        } catch (ClosedByInterruptException e) {
            LOG.debug("{}: the thread is to end, which its next wait finds out", purpose, e);
            return Outcome.LATER;
        } catch (IOException e) {
            onFailureHere.accept(e);
            return afterFailureHere;
        } catch (ClientException e) {
            failed(e);
            return Outcome.LATER;
        }
    }

    /** Why the last call that was refused was. */
    String refusal() {
        return refusal;
    }

    private void succeeded() {
        if (isFailing) {
            LOG.info("{}: goes on", purpose);
        }
        isFailing = false;
        backoff.reset();
    }

    private void failed(Exception why) {
        Duration pause = backoff.next();
        if (!isFailing) {
            LOG.warn("{}: will try again: {}", purpose, why.getMessage());
        }
        isFailing = true;
        closedUntil = nanos.getAsLong() + pause.toNanos();
    }
}
