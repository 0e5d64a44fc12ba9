package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is read bit by bit for as long as it lasts. Opened, read and closed by one thread at a time; aborted by
 * any.
 */
public final class HttpStream implements Closeable {
    private final Call call;
    private final CallProgress progress;
    private final AnswerFailures failures;
    private volatile @Nullable Response response;
    private @Nullable Socket socket;
    private int silenceMillis = -1;

    HttpStream(HttpTransport transport, Call call, CallProgress progress, Duration readTimeout) {
        this.call = call;
        this.progress = progress;
        this.failures = new AnswerFailures(transport, call, progress, readTimeout, Duration.ZERO);
    }

    /**
     * Sends the request and waits for the head of the answer.
     *
     * @return the body; {@link #allowSilence} says how long it may be silent
     * @throws io.synapse.sdk.ClientException when there was no answer, or an error
     */
    public BufferedSource open() {
        try {
            Response answer = call.execute();
            if (answer.isSuccessful()) {
                response = answer;
                BufferedSource body = answer.body().source();
                leaveSilenceToSocket(body);
                return body;
            }
            try (answer) {
                throw failures.ofAnswer(answer).exception(1);
            }
        } catch (IOException e) {
            throw failures.ofIOException(e).exception(1);
        }
    }

    /**
     * Limits the silence in the body. The limit is the socket's: the library's own has a thread wake up for every read.
     *
     * @param timeout the longest silence, at least 1 ms
     */
    void allowSilence(Duration timeout) throws IOException {
        int millis = (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
        if (socket != null && millis != silenceMillis) {
            socket.setSoTimeout(millis);
            silenceMillis = millis;
        }
    }

    private void leaveSilenceToSocket(BufferedSource body) throws IOException {
        Connection connection = progress.connection();
        if (connection == null) {
            throw new IOException("the connection is gone");
        }
        body.timeout().clearTimeout();
        socket = connection.socket();
    }

    /** What a failure in the middle of the body means. */
    public ClientException explain(IOException failure) {
        Response answer = response;
        return failure instanceof MessageTooLargeException tooLarge && answer != null
                ? failures.unexpected(answer, tooLarge.why(), failure).exception(1)
                : failures.ofIOException(failure).exception(1);
    }

    /** Method and URL. */
    public String request() {
        return failures.request();
    }

    /** Cuts the connection at once, from any thread, also while another reads it; to be closed by the reader still. */
    public void abort() {
        call.cancel();
    }

    /** Closes the connection, while nobody reads it. */
    @Override
    public synchronized void close() {
        call.cancel();
        Response answer = response;
        if (answer != null) {
            answer.close();
        }
    }
}
