package io.synapse.sdk.internal.tail;

import java.time.Duration;

/** How long a connection may be silent before it counts as dead: see {@link io.synapse.sdk.TailOptions#idleTimeout}. */
final class SilenceLimit {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Duration idleTimeout;
    private final Duration quietAtFirst;
    private Duration quiet;
    private boolean heartbeats;

    SilenceLimit(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
        this.quietAtFirst = idleTimeout.multipliedBy(2);
        this.quiet = quietAtFirst;
    }

    /** The limit for the next event. */
    Duration current() {
        return heartbeats ? idleTimeout : quiet;
    }

    /** A new connection begins. */
    void connected() {
        heartbeats = false;
    }

    /** The server has shown that it sends something even when there is nothing new. */
    void heartbeat() {
        heartbeats = true;
    }

    /** The log goes on. */
    void newText() {
        quiet = quietAtFirst;
    }

    /** The limit was reached: without heartbeats the job may just be quiet, so the next time takes longer. */
    void reached() {
        if (!heartbeats) {
            Duration doubled = quiet.multipliedBy(2);
            quiet = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        }
    }
}
