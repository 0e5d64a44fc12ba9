package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.Failure;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.docker.internal.ExecOutput;
import io.synapse.sdk.internal.http.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What comes from a {@link Shell}: the answer to one request at a time. Thread-safe. */
final class ShellOutput implements ExecOutput {
    private static final int MAX_ERROR = 4_096;

    private final TrailerScanner standard;
    private final TrailerScanner errors;
    private Shell.Content content;
    private ByteArrayOutputStream errorText = new ByteArrayOutputStream();
    private @Nullable Integer status;
    private boolean hasErrorEnd;
    private boolean ended;
    private @Nullable IOException failure;
    private long pieces;

    /** The first answer is the greeting of the shell; without one, what comes is why there is no shell. */
    ShellOutput(String word) {
        content = this::keepText;
        standard = new TrailerScanner(word, new TrailerScanner.Receiver() {
            @Override
            public void content(byte[] bytes, int offset, int length) {
                pass(bytes, offset, length);
            }

            @Override
            public void trailer(String text) {
                answered(Integer.parseInt(text));
            }
        });
        errors = new TrailerScanner(word, new TrailerScanner.Receiver() {
            @Override
            public void content(byte[] bytes, int offset, int length) {
                keepText(bytes, offset, length);
            }

            @Override
            public void trailer(String text) {
                errorsEnded();
            }
        });
    }

    /** The stream ended without an answer. */
    static final class EndedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** From here on, what comes belongs to the next request. */
    synchronized void expect(Shell.Content next) {
        content = next;
        errorText = new ByteArrayOutputStream();
        status = null;
        hasErrorEnd = false;
        failure = null;
    }

    /** Whether the answer is not complete. */
    synchronized boolean isAwaited() {
        return status == null || !hasErrorEnd;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** What came on the standard error. */
    synchronized String text() {
        return errorText.toString(StandardCharsets.UTF_8);
    }

    /**
     * Waits for the answer.
     *
     * @param silence how long nothing may come
     * @throws EndedException when the stream ended before
     * @throws IOException what the content threw
     * @throws RequestTimeoutException when it takes longer
     */
    synchronized Shell.Answer await(Deadline deadline, Duration silence) throws IOException, InterruptedException {
        Deadline quiet = Deadline.after(silence);
        long seen = pieces;
        while (!ended && failure == null && isAwaited()) {
            if (pieces != seen) {
                seen = pieces;
                quiet = Deadline.after(silence);
            }
            if (deadline.isOver() || quiet.isOver()) {
                content = Shell.Content.NOTHING;
                throw timeout(deadline.isOver() ? deadline.limit() : silence);
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.min(deadline.leftNanos(), quiet.leftNanos()));
        }
        if (failure != null) {
            throw failure;
        }
        if (status == null) {
            throw new EndedException();
        }
        return new Shell.Answer(status, text().strip());
    }

    static RequestTimeoutException timeout(Duration limit) {
        return new RequestTimeoutException(
                RequestTimeoutException.Kind.READ,
                Failure.of(408, "the workspace did not answer within " + limit.toSeconds() + " s")
                        .attempts(1)
                        .mayHaveBeenExecuted(true),
                null);
    }

    @Override
    public void standardOutput(byte[] piece) {
        standard.accept(piece);
    }

    @Override
    public void standardError(byte[] piece) {
        errors.accept(piece);
    }

    @Override
    public synchronized void ended(@Nullable Throwable cause) {
        ended = true;
        notifyAll();
    }

    /** Not synchronized, so that content may wait for as long as it likes. */
    private void pass(byte[] bytes, int offset, int length) {
        Shell.Content target;
        synchronized (this) {
            pieces++;
            target = failure == null ? content : Shell.Content.NOTHING;
        }
        try {
            target.take(bytes, offset, length);
        } catch (IOException | RuntimeException e) { // of a stream that the user gave
            synchronized (this) {
                failure = e instanceof IOException cause ? cause : new IOException(e);
                notifyAll();
            }
        }
        synchronized (this) {
            pieces++;
        }
    }

    private synchronized void keepText(byte[] bytes, int offset, int length) {
        errorText.write(bytes, offset, Math.min(length, MAX_ERROR - errorText.size()));
    }

    private synchronized void answered(int number) {
        status = number;
        notifyAll();
    }

    private synchronized void errorsEnded() {
        hasErrorEnd = true;
        notifyAll();
    }
}
