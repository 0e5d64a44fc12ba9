package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a connection came to its end.
 *
 * @param how in which way
 * @param broughtText whether it brought anything new
 * @param drained whether it was opened when the job was known to be over, repeated all that was delivered before, and
 *     brought nothing new
 * @param status where the job stood afterwards; null when that was not asked, or could not be found out
 * @param failure what to throw if this is the end of the stream
 */
record Ending(
        How how,
        boolean broughtText,
        boolean drained,
        @Nullable JobStatus status,
        ClientException failure) {
    /** In which way a connection ended. */
    enum How {
        /** The server could not be reached: no connection. */
        UNREACHABLE,
        /** The server was there, but gave no proper answer to the request for the log. */
        DROPPED,
        /** The server answered with an error. */
        REFUSED,
        /** The server said that the log is complete. */
        COMPLETE,
        /** The server closed it in an orderly way. */
        CLOSED,
        /** It broke. */
        BROKEN,
        /** Nothing came for too long. */
        SILENT,
        /** The server sent what cannot be read, and would again. */
        UNREADABLE,
        /** The server gave up, or the question where the job stands had an answer that ends everything. */
        GIVEN_UP
    }

    /** Whether there was no connection at all. */
    boolean isBeforeConnection() {
        return how == How.UNREACHABLE || how == How.DROPPED || how == How.REFUSED;
    }

    /** Whether the job is known to be over. */
    boolean isAfterJob() {
        return status != null && status.isTerminal();
    }
}
