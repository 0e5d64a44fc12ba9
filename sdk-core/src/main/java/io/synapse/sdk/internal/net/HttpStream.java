package io.synapse.sdk.internal.net;

import io.synapse.sdk.ClientException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** An answer that is read bit by bit for as long as it lasts. Opened, read and closed by one thread at a time; aborted by any. */
public final class HttpStream implements Closeable {
    private final Call call;
    private final CallProgress progress;
    private final AnswerFailures failures;
    private volatile @Nullable Response response;

    HttpStream(HttpTransport transport, Call call, CallProgress progress, Duration readTimeout) {
        this.call = call;
        this.progress = progress;
        this.failures = new AnswerFailures(transport, call, progress, readTimeout, Duration.ZERO);
    }

    /**
     * Sends the request and waits for the head of the answer.
     *
     * @return the body; its {@code timeout()} is the longest silence in it and may be changed between two reads
     * @throws io.synapse.sdk.ClientException when there was no answer, or an error
     */
    public BufferedSource open() {
        try {
            Response answer = call.execute();
            if (answer.isSuccessful()) {
                response = answer;
                leaveSilenceToBody();
                return answer.body().source();
            }
            try (answer) {
                throw failures.ofAnswer(answer).exception(1);
            }
        } catch (IOException e) {
            throw failures.ofIOException(e).exception(1);
        }
    }

    /** The socket has the limit for the head of the answer, which must not cut a longer one in the body short. */
    private void leaveSilenceToBody() throws IOException {
        Connection connection = progress.connection();
        if (connection != null) {
            connection.socket().setSoTimeout(0);
        }
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
