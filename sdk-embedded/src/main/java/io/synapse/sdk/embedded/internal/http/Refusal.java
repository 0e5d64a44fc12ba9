package io.synapse.sdk.embedded.internal.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * An answer to a request whose body was not read, which is the end of its connection. What of the body is under way is read
 * and thrown away before: a caller that still sends when the connection ends would not see the answer.
 *
 * @param status of the answer
 * @param sentence why
 */
record Refusal(int status, String sentence) {
    private static final int UNAVAILABLE = 503;
    private static final long MOST_THROWN_AWAY = 16 << 20;

    static Optional<Refusal> of(int status, String sentence) {
        return Optional.of(new Refusal(status, sentence));
    }

    void send(Request request, Response response, Callback callback, ErrorForm errors) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, errors.contentType());
        response.getHeaders().put(HttpHeader.CONNECTION, "close"); // a caller must know before it reuses the connection
        if (status == UNAVAILABLE) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        ByteBuffer body = ByteBuffer.wrap(Answers.bytes(errors.document(status, sentence)));
        boolean isToCome = !request.getHeaders().contains(HttpHeader.EXPECT); // else the answer keeps it from coming
        response.write(true, body, isToCome ? Callback.from(new Rest(request, callback), callback::failed) : callback);
    }

    /** The rest of a body that nobody wants. */
    private static final class Rest implements Runnable {
        private final Request request;
        private final Callback end;
        private long bytes;

        Rest(Request request, Callback end) {
            this.request = request;
            this.end = end;
        }

        @Override
        public void run() {
            while (bytes <= MOST_THROWN_AWAY) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this));
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    break;
                }
                bytes += chunk.remaining();
                chunk.release();
                if (chunk.isLast()) {
                    break;
                }
            }
            end.succeeded();
        }
    }
}
