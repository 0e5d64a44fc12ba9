package io.synapse.sdk.testkit;

/** What a {@link FaultProxy} does with clients that connect from now on. */
public enum OnConnect {
    /** Serves them; the default. */
    SERVE,

    /** Closes the port, as if nothing were listening: connecting fails with "connection refused". */
    REFUSE,

    /** Lets them connect and resets the connection at once, before any request is read. */
    RESET,

    /** Lets them connect and send, and never answers: a hung server. */
    IGNORE
}
