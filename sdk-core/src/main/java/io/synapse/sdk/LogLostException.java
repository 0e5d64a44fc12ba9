package io.synapse.sdk;

/**
 * The rest of a job's log does not exist any more (410): the node that held it is gone, or its file was removed.
 * Everything before was delivered; the statistics say how much that was.
 */
public final class LogLostException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final LogStatistics delivered;

    /** An exception for a log that ends too early for good. */
    public LogLostException(Failure failure, LogStatistics delivered) {
        super(failure);
        this.delivered = delivered;
    }

    /** What was delivered before. */
    public LogStatistics delivered() {
        return delivered;
    }
}
