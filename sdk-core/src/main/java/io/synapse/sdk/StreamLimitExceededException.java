package io.synapse.sdk;

/**
 * A log stream reached one of its {@link StreamLimits} (429). Everything up to the limit was delivered; the statistics
 * count it.
 */
public final class StreamLimitExceededException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final LogStatistics delivered;

    /** An exception for a limit. */
    public StreamLimitExceededException(Failure failure, LogStatistics delivered) {
        super(failure);
        this.delivered = delivered;
    }

    /** The counts of what was delivered before the limit was reached. */
    public LogStatistics delivered() {
        return delivered;
    }
}
