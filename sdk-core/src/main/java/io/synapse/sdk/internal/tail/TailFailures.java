package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.tail.Ending.How;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;

/** Says how following a log failed. */
record TailFailures(LogFeed.Subject subject) {
    /** The reader gave up. */
    ClientException cancelled(String why) {
        return Failures.ofCancellation("the log of " + subject, why, false, null)
                .exception(0);
    }

    /** Nothing came for too long. */
    ClientException silent(Duration time, SocketTimeoutException cause) {
        String message = "the log of " + subject + " was silent for " + time.toSeconds() + " s";
        Failure failure = Failure.of(408, message).mayHaveBeenExecuted(true);
        return new RequestTimeoutException(RequestTimeoutException.Kind.READ, failure, cause);
    }

    /** The server gave up, with these words. */
    ClientException givenUp(String words) {
        String text = Failures.oneLine(words.isEmpty() ? "no reason given" : words);
        return new ServerException(new Failure(
                500, "the server ended the log of " + subject + ": " + text, words, Map.of(), null, 1, false));
    }

    /** What is left of the log does not exist any more. */
    ClientException lost(String why, LogStatistics delivered) {
        String message = "the rest of the log of " + subject + " is lost: " + why + "; " + delivered.bytes()
                + " bytes of it were delivered before";
        return new LogLostException(Failure.of(410, message), delivered);
    }

    /** What the server repeats is not what was delivered. */
    ClientException changed(LogStatistics delivered) {
        String message =
                "the log of " + subject + " is not the one that was followed before: what the server repeats of"
                        + " the first " + delivered.bytes() + " bytes is another text";
        return new UnexpectedResponseException(Failure.of(200, message));
    }

    /** The server closed the connection in an orderly way. */
    static ClientException unfinished(LogConnection open) {
        return open.explain(new EOFException("the server closed the log although it is not over"));
    }

    /** In which way an attempt to connect failed. */
    static How howOpeningFailed(ClientException failure) {
        if (failure instanceof ConnectionException || failure instanceof RequestTimeoutException) {
            return failure.mayHaveBeenExecuted() ? How.DROPPED : How.UNREACHABLE;
        }
        return How.REFUSED;
    }
}
