package io.synapse.sdk.benchmarks.contender;

/** What the servers of the benchmarks are told; the fast one does not look at it. */
public final class Token {
    /** The agent's token. */
    public static final String VALUE = "benchmark";

    private Token() {}
}
