package io.synapse.sdk.internal.balance;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.GpuUnavailableException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.internal.http.FailedAttempt;
import org.jspecify.annotations.Nullable;

/** What an attempt says about its server. */
public enum AttemptResult {
    /** It answered, be it with an error of the caller's. */
    ANSWERED,

    /** It failed. */
    FAILED,

    /** It did not answer in time. */
    TIMED_OUT,

    /** Nothing: the caller ended the attempt, or it was not made. */
    WITHDRAWN;

    private static final int NOT_IMPLEMENTED = 501;

    /**
     * The result of an attempt that was made.
     *
     * @param failed how it failed; null if it did not
     */
    public static AttemptResult of(@Nullable FailedAttempt failed) {
        ClientException failure = failed == null ? null : failed.exception(1);
        if (failure == null || failure instanceof GpuUnavailableException) {
            return ANSWERED;
        }
        if (failure instanceof CallCancelledException) {
            return WITHDRAWN;
        }
        if (failure instanceof RequestTimeoutException) {
            return TIMED_OUT;
        }
        boolean isOfServer = failure instanceof ConnectionException
                || failure instanceof RateLimitException
                || failure instanceof UnexpectedResponseException
                || failure.statusCode() >= 500 && failure.statusCode() != NOT_IMPLEMENTED;
        return isOfServer ? FAILED : ANSWERED;
    }
}
