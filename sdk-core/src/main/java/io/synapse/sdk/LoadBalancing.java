package io.synapse.sdk;

/**
 * Which of several equivalent servers gets a request. Servers that failed three times in a row, and those that failed
 * the call's earlier attempts, are asked only when there are no others; a server that failed is tried again each second
 * by one request.
 */
public enum LoadBalancing {
    /** Each in turn; the default. */
    ROUND_ROBIN,

    /** At random, in proportion to the {@linkplain ServerAddress#weight() weights}. */
    WEIGHTED,

    /** The one with the fewest requests under way; of several, one at random. */
    LEAST_CONNECTIONS,

    /**
     * Of two that are chosen at random, the one with the smaller product of response time and requests under way. The
     * response time is a moving average, in which the last ten or so responses count. Servers more than three times slower
     * than the fastest one get half a percent of the requests, so that it is noticed when they recover.
     */
    LEAST_RESPONSE_TIME
}
