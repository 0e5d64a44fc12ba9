package io.synapse.sdk;

/**
 * A log cannot be followed to its end (410): the rest does not exist any more, because its node is gone or its file was
 * removed or cut; or the log that the server has now is not the one that was followed, so that nothing proves where to
 * go on. Everything before was delivered; the statistics say how much that was.
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
