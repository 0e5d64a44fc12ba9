package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Function;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose bytes are read as they come, for as long as it lasts. Opened, read and closed by one thread at a time;
 * aborted by any.
 */
public final class HttpStream implements Closeable {
    /** The end of a chunk, and the size of the next one. */
    private static final int MOST_FRAMING = 12;

    private final HttpAttempt attempt;
    private final Function<ClassicHttpResponse, @Nullable String> refusal;
    private final AttemptFailures failures;
    private @Nullable ClassicHttpResponse answer;
    private @Nullable InputStream body;

    /**
     * A stream that is not open yet.
     *
     * @param refusal why an answer that is no redirect and no error cannot be read all the same; null when it can
     */
    HttpStream(HttpAttempt attempt, Function<ClassicHttpResponse, @Nullable String> refusal) {
        this.attempt = attempt;
        this.refusal = refusal;
        this.failures = new AttemptFailures(attempt);
    }

    /**
     * Sends the request and waits for the head of the answer, all of it within the connect timeout and the read timeout.
     *
     * @throws ClientException when there was no answer, or one that cannot be read
     */
    public void open() {
        FailedAttempt failed = tryOpen();
        if (failed != null) {
            throw failed.exception(1);
        }
    }

    /** As {@link #open}; returns how it failed, or null when it did not. */
    public @Nullable FailedAttempt tryOpen() {
        FailedAttempt failed = opened();
        attempt.transport().streamServers().opened(attempt.address().server(), failed);
        return failed;
    }

    private @Nullable FailedAttempt opened() {
        try {
            ClassicHttpResponse opened = attempt.open();
            answer = opened;
            if (opened.getCode() >= 300) {
                return failures.ofAnswer(opened);
            }
            String why = refusal.apply(opened);
            if (why != null) {
                return failures.unexpected(opened, why, null);
            }
            body = attempt.body();
            return null;
        } catch (IOException e) {
            return failures.ofIOException(e);
        } finally {
            if (body == null) {
                attempt.close();
            }
        }
    }

    /**
     * Waits for some more bytes.
     *
     * @param timeout the longest silence, at least 1 ms; after a {@link java.net.SocketTimeoutException} the stream is as
     *     good as before
     * @return how many there are; -1 at the end of the answer, which is a proper one
     * @throws IOException when the connection broke or was closed
     */
    public int read(byte[] into, int from, int length, Duration timeout) throws IOException {
        InputStream open = body;
        if (open == null) {
            throw new IOException("the stream is not open");
        }
        attempt.limitSilence(timeout);
        return open.read(into, from, length);
    }

    /**
     * How many bytes, about, have arrived and can be read; 0 when none, or when it may be the framing of chunks that has
     * arrived and nothing behind it.
     */
    public int available() throws IOException {
        InputStream open = body;
        if (open == null) {
            return 0;
        }
        int certain = open.available();
        int arrived = certain > 0 ? certain : attempt.connection().arrived();
        return certain > 0 || arrived > MOST_FRAMING ? arrived : 0;
    }

    /** Sends bytes on the connection, which the server has agreed to take. */
    void write(byte[] bytes) throws IOException {
        OutputStream output = attempt.connection().output();
        output.write(bytes);
        output.flush();
    }

    /** Whether it is open, and was not aborted. */
    boolean isOpen() {
        return body != null && !attempt.isAborted();
    }

    /** What a failure of {@link #read} means. */
    public ClientException explain(IOException failure) {
        return failure(failure).exception(1);
    }

    /** As {@link #explain}, for who decides whether to try again. */
    public FailedAttempt failure(IOException failure) {
        ClassicHttpResponse opened = answer;
        return failure instanceof MessageTooLargeException tooLarge && opened != null
                ? failures.unexpected(opened, tooLarge.why(), failure)
                : failures.ofIOException(failure);
    }

    /** Method and URL, without secrets. */
    public String request() {
        return failures.request();
    }

    /** Closes the connection at once, from any thread, also while another reads it; to be closed by the reader still. */
    public void abort() {
        attempt.abort();
    }

    /** Closes the connection, while nobody reads it. */
    @Override
    public void close() {
        body = null;
        attempt.close();
    }
}
