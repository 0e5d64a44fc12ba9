package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.tail.Ending.How;
import io.synapse.sdk.internal.tail.ReconnectRule.History;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a stream has fared over its connections so far: all that the next {@link ReconnectRule} decision depends on. */
final class TailProgress {
    /** A connection that stayed up for so long is a step forward even if nothing came through it. */
    private static final long STEADY_NANOS = Duration.ofSeconds(5).toNanos();

    private boolean reachedServer;
    private boolean everConnected;
    private boolean saysWhenComplete;
    private boolean jobIsOver;
    private int fruitless;
    private long lastStepForward;

    private long connectedAt;
    private boolean openedAfterJob;
    private boolean broughtText;

    /** Whether there ever was a connection. */
    boolean hasEverConnected() {
        return everConnected;
    }

    /** A connection was made. */
    void connected(long now) {
        if (!reachedServer) {
            lastStepForward = now;
        }
        reachedServer = true;
        everConnected = true;
        connectedAt = now;
        openedAfterJob = jobIsOver;
        broughtText = false;
    }

    /** The server is well, but there is no log yet. */
    void notBegun(long now) {
        reachedServer = true;
        fruitless = 0;
        lastStepForward = now;
    }

    /** Whether the connection was opened when the job was known to be over. */
    boolean wasOpenedAfterJob() {
        return openedAfterJob;
    }

    /** The connection brought something new. */
    void newText() {
        broughtText = true;
    }

    /** This server says when its log is complete. */
    void serverSaysWhenComplete() {
        saysWhenComplete = true;
    }

    /** The job is over. */
    void jobIsOver() {
        jobIsOver = true;
    }

    /**
     * How the connection came to its end.
     *
     * @param caughtUp whether it had come as far as all those before
     */
    Ending ending(How how, boolean caughtUp, @Nullable JobStatus status, ClientException failure) {
        boolean drained = openedAfterJob && !broughtText && caughtUp;
        return new Ending(how, broughtText, drained, status, failure);
    }

    /** Takes an ending in, and says what was before. */
    History after(Ending ending, TailProtocol protocol, long now) {
        boolean wasConnected = !ending.isBeforeConnection();
        boolean steady = wasConnected && !jobIsOver && now - connectedAt >= STEADY_NANOS;
        fruitless = wasConnected && (broughtText || steady) ? 0 : fruitless + 1;
        boolean news = ending.isAfterJob() && !jobIsOver;
        jobIsOver |= ending.isAfterJob();
        if (fruitless == 0 || news || ending.how() == How.COMPLETE) {
            lastStepForward = now;
        }
        return new History(
                protocol,
                reachedServer,
                fruitless,
                Duration.ofNanos(now - lastStepForward),
                saysWhenComplete,
                jobIsOver);
    }
}
