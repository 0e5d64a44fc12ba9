package io.synapse.sdk.internal.tail;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ServerException;
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

    /** The server gave up, with this message. */
    ClientException givenUp(String given) {
        String text = Failures.oneLine(given.isEmpty() ? "no reason given" : given);
        return new ServerException(new Failure(
                500, "the server ended the log of " + subject + ": " + text, given, Map.of(), null, 1, false));
    }

    /** What is left of the log does not exist any more. */
    ClientException lost(String why, LogStatistics delivered) {
        String message = "the rest of the log of " + subject + " is lost: " + why + "; " + delivered.bytes()
                + " bytes of it were delivered before";
        return new LogLostException(Failure.of(410, message), delivered);
    }

    /** The server sends heartbeats and nothing else for a log that should have come to its end. */
    ClientException onlyHeartbeats(Duration time) {
        String message = "the server sent nothing but heartbeats for " + time.toSeconds() + " s for the log of "
                + subject + ", which is over";
        return new RequestTimeoutException(
                RequestTimeoutException.Kind.READ, Failure.of(408, message).mayHaveBeenExecuted(true), null);
    }

    /** The server closed the connection in an orderly way. */
    static ClientException unfinished(LogConnection open) {
        return open.explain(new EOFException("the server closed the log although it is not over"));
    }

    /** In which way an attempt to connect failed. */
    static How howOpeningFailed(ClientException failure) {
        if (failure instanceof ConnectionException
                || failure instanceof RequestTimeoutException
                || failure instanceof CircuitOpenException) {
            return failure.mayHaveBeenExecuted() ? How.DROPPED : How.UNREACHABLE;
        }
        return isRefusedHere(failure) ? How.GIVEN_UP : How.REFUSED;
    }

    /** Whether the client refused to ask, and would again. */
    private static boolean isRefusedHere(ClientException failure) {
        return failure instanceof BadRequestException && failure.attempts() == 0;
    }
}
