package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose bytes are read as they come, for as long as it lasts. Opened, read and closed by one thread at a time;
 * aborted by any.
 */
public final class HttpStream implements Closeable {
    /** The end of a chunk, and the size of the next one. */
    private static final int MOST_FRAMING = 12;

    private static final String NOT_OPEN = "the stream is not open";

    private final StreamServers servers;
    private final Endpoint<?> endpoint;
    private final @Nullable BaseUrl only;
    private final Function<BaseUrl, HttpAttempt> attempts;
    private final Function<ClassicHttpResponse, @Nullable String> refusal;
    private Predicate<ClientException> inconclusive = failure -> false;
    private volatile @Nullable HttpAttempt attempt;
    private volatile boolean aborted;
    private @Nullable ClassicHttpResponse answer;
    private @Nullable InputStream body;

    /**
     * A stream that is not open yet.
     *
     * @param servers where it may be opened
     * @param only the one server that has it; null for any
     * @param attempts makes the request to a server
     * @param refusal why an answer that is no redirect and no error cannot be read all the same; null when it can
     */
    HttpStream(
            StreamServers servers,
            Endpoint<?> endpoint,
            @Nullable BaseUrl only,
            Function<BaseUrl, HttpAttempt> attempts,
            Function<ClassicHttpResponse, @Nullable String> refusal) {
        this.servers = servers;
        this.endpoint = endpoint;
        this.only = only;
        this.attempts = attempts;
        this.refusal = refusal;
    }

    /** Before it is opened: which failures to open it tell nothing about the server. */
    public HttpStream inconclusive(Predicate<ClientException> failures) {
        inconclusive = failures;
        return this;
    }

    /**
     * Sends the request and waits for the head of the answer, all of it within the connect timeout and the read timeout.
     *
     * @throws ClientException when no server may be asked, or there was no answer, or one that cannot be read
     */
    public void open() {
        FailedAttempt failed = tryOpen();
        if (failed != null) {
            throw failed.exception(server() == null ? 0 : 1);
        }
    }

    /** As {@link #open}; returns how it failed, or null when it did not. */
    public @Nullable FailedAttempt tryOpen() {
        return servers.open(endpoint, only, new StreamServers.Opening() {
            @Override
            public @Nullable FailedAttempt at(BaseUrl server) {
                HttpAttempt made = attempts.apply(server);
                attempt = made;
                if (aborted) {
                    made.abort();
                }
                return opened(made, new AttemptFailures(made));
            }

            @Override
            public boolean isInconclusive(ClientException failure) {
                return inconclusive.test(failure);
            }
        });
    }

    /** The server that was asked; null when none was. */
    public @Nullable BaseUrl server() {
        HttpAttempt made = attempt;
        return made == null ? null : made.address().server();
    }

    private @Nullable FailedAttempt opened(HttpAttempt made, AttemptFailures failures) {
        try {
            ClassicHttpResponse opened = made.open();
            answer = opened;
            if (opened.getCode() >= 300) {
                return failures.ofAnswer(opened);
            }
            String why = refusal.apply(opened);
            if (why != null) {
                return failures.unexpected(opened, why, null);
            }
            body = made.body();
            return null;
        } catch (IOException e) {
            return failures.ofIOException(e);
        } finally {
            if (body == null) {
                made.close();
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
            throw new IOException(NOT_OPEN);
        }
        made().limitSilence(timeout);
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
        int arrived = certain > 0 ? certain : made().connection().arrived();
        return certain > 0 || arrived > MOST_FRAMING ? arrived : 0;
    }

    /** Sends bytes on the connection, which the server has agreed to take. */
    void write(byte[] bytes) throws IOException {
        OutputStream output = made().connection().output();
        output.write(bytes);
        output.flush();
    }

    /** Whether it is open, and was not aborted. */
    boolean isOpen() {
        return body != null && !aborted;
    }

    /** What a failure of {@link #read} means. */
    public ClientException explain(IOException failure) {
        return failure(failure).exception(1);
    }

    /** As {@link #explain}, for who decides whether to try again. */
    public FailedAttempt failure(IOException failure) {
        AttemptFailures failures = new AttemptFailures(made());
        ClassicHttpResponse opened = answer;
        return failure instanceof MessageTooLargeException tooLarge && opened != null
                ? failures.unexpected(opened, tooLarge.why(), failure)
                : failures.ofIOException(failure);
    }

    /** Closes the connection at once, from any thread, also while another reads it; to be closed by the reader still. */
    public void abort() {
        aborted = true;
        HttpAttempt made = attempt;
        if (made != null) {
            made.abort();
        }
    }

    /** Closes the connection, while nobody reads it. */
    @Override
    public void close() {
        body = null;
        HttpAttempt made = attempt;
        if (made != null) {
            made.close();
        }
    }

    private HttpAttempt made() {
        HttpAttempt made = attempt;
        if (made == null) {
            throw new IllegalStateException(NOT_OPEN);
        }
        return made;
    }
}
