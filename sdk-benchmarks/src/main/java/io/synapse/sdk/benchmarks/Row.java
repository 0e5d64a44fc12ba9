package io.synapse.sdk.benchmarks;

/** A line of the report. */
interface Row {
    /** The benchmark that it is of. */
    String id();

    /** What was done. */
    String work();

    /** Against which server. */
    String server();

    /** What the SDK is compared with; empty for nothing. */
    String peer();

    /** What the SDK took, with its unit. */
    String ours();

    /** What the other took, with its unit; empty for nothing. */
    String theirs();

    /** Ours to theirs, with its spread; or what was found instead. */
    String result();

    /** What it should be. */
    String goal();

    /** Whether it is. */
    boolean isMet();
}
