package io.synapse.sdk.internal.tail;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the time when a job began whether its id still means the same job: for servers that count the bytes of a log
 * and give it no identity.
 */
final class JobStartTime {
    private final LogFeed feed;
    private final TailContext context;
    private boolean asked;
    private @Nullable Instant known;

    JobStartTime(LogFeed feed, TailContext context) {
        this.feed = feed;
        this.context = context;
    }

    /** Asks for it, once. */
    void learn() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            known = context.ask(feed.state()).startTime();
        } catch (ClientException e) {
            known = null; // then it proves nothing
        }
    }

    /** Asks whether it is still the same. */
    void requireSame() throws IOException {
        if (known == null) {
            return;
        }
        try {
            requireSame(context.ask(feed.state()));
        } catch (CallCancelledException e) {
            throw new IOException(e);
        } catch (ClientException e) {
            throw new ProtocolException("nothing proves that it is the same log: " + e.getMessage());
        }
    }

    void requireSame(LogFeed.State state) throws LogLostSignal {
        Instant now = state.startTime();
        if (known != null && now != null && !known.equals(now)) {
            throw new LogLostSignal("another job has its id, which began at " + now);
        }
    }
}
