package io.synapse.sdk.internal.http;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * One request and the head of its answer: takes a connection or makes one, sends, follows redirects at the same origin, and
 * asks once for new credentials when the server refuses the old ones. Used by one thread; aborted by any.
 */
final class HttpAttempt {
    private static final int MAX_REDIRECTS = 5;

    /** Sending so much never stalls: the system buffers it. */
    private static final int MAX_BUFFERED_BYTES = 8 << 10;

    /** What is read of an answer that nobody wants, to use its connection again. */
    private static final int MAX_DRAINED_BYTES = 64 << 10;

    private final HttpTransport transport;
    private final Endpoint<?> endpoint;
    private final Address address;
    private final Deadline deadline;
    private final Duration silence;

    /** Whether the connection is for this request alone. */
    private final boolean exclusive;

    private final Map<String, String> extraHeaders;

    /** Guards what an abort closes: once the connection serves another request, it must not be closed. */
    private final Object lock = new Object();

    private @Nullable ClientSocket socket;
    private boolean aborted;

    private @Nullable HttpConnection connection;
    private @Nullable ClassicHttpRequest request;
    private @Nullable BodyStream body;
    private boolean sent;
    private boolean connected;
    private boolean reusable;
    private long bytesSent;

    /**
     * An attempt that is not sent yet.
     *
     * @param extraHeaders set in place of the client's and the endpoint's of the same name
     * @param deadline until when all of it, or of a stream the head of its answer, must be there
     * @param silence the longest time without a byte from the server; zero for no limit
     * @param exclusive whether to make a new connection that no other request uses later
     */
    HttpAttempt(
            HttpTransport transport,
            Endpoint<?> endpoint,
            Address address,
            Map<String, String> extraHeaders,
            Deadline deadline,
            Duration silence,
            boolean exclusive) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.address = address;
        this.extraHeaders = extraHeaders;
        this.deadline = deadline;
        this.silence = silence;
        this.exclusive = exclusive;
    }

    /** Sends the request and waits for the head of the answer, whatever its status. */
    ClassicHttpResponse open() throws IOException {
        try {
            Address at = address;
            boolean renewed = false;
            for (int redirects = 0; ; ) {
                ClassicHttpResponse answer = exchange(at);
                Address next = Redirects.target(endpoint.method(), at, answer);
                if (next != null) {
                    redirects++;
                    if (redirects > MAX_REDIRECTS) {
                        throw new RefusedAnswerException(answer, "it redirects again and again");
                    }
                    at = next;
                } else if (answer.getCode() == HttpStatus.SC_UNAUTHORIZED
                        && !renewed
                        && transport.renewCredentials(headersSent())) {
                    renewed = true;
                } else {
                    return answer;
                }
                close();
                sent = false; // the server has answered that it did not act
            }
        } catch (HttpException e) {
            throw new NotHttpException(secrets().mask(String.valueOf(e.getMessage())));
        }
    }

    /** What follows the head of the answer: its body, or after an upgrade whatever the server sends. */
    InputStream body() throws IOException {
        BodyStream open = body;
        if (open == null) {
            throw new IOException("there is no answer");
        }
        return open;
    }

    HttpConnection connection() throws IOException {
        HttpConnection open = connection;
        if (open == null) {
            throw new IOException("there is no connection");
        }
        return open;
    }

    /** Limits the rest of the answer, whose head is here, by the silences in it only. */
    void limitSilence(Duration timeout) throws IOException {
        connection().socket().limit(Deadline.NONE, timeout);
    }

    Deadline deadline() {
        return deadline;
    }

    Duration silence() {
        return silence;
    }

    Endpoint<?> endpoint() {
        return endpoint;
    }

    Address address() {
        return address;
    }

    HttpTransport transport() {
        return transport;
    }

    /** Masks what is secret in what was sent. */
    Secrets secrets() {
        return Secrets.ofHeaders(headersSent());
    }

    boolean isExclusive() {
        return exclusive;
    }

    /** Whether there was a connection. */
    boolean isConnected() {
        return connected;
    }

    /** Whether any byte of the request may have reached the server. */
    boolean isSent() {
        return sent || connection != null && connection.socket().hasSent();
    }

    boolean isAborted() {
        synchronized (lock) {
            return aborted;
        }
    }

    long bytesSent() {
        return bytesSent;
    }

    long bytesReceived() {
        return body == null ? 0 : body.count();
    }

    /** Closes the connection at once, from any thread. Does nothing once the attempt is closed. */
    void abort() {
        ClientSocket open;
        synchronized (lock) {
            aborted = true;
            open = socket;
        }
        if (open != null) {
            HttpTransport.close(open);
        }
    }

    /** Ends the attempt: its connection serves the next request if the answer was read to its end, else it is closed. */
    void close() {
        HttpConnection open = connection;
        if (open == null) {
            return;
        }
        sent |= open.socket().hasSent();
        boolean kept = reusable && isDrained();
        synchronized (lock) {
            kept &= !aborted;
            connection = null;
            socket = null;
        }
        if (kept) {
            transport.pool().give(open);
        } else {
            open.abort();
        }
    }

    private ClassicHttpResponse exchange(Address at) throws IOException, HttpException {
        ClassicHttpRequest next = transport.request(endpoint, at, extraHeaders);
        request = next;
        HttpConnection kept = exclusive ? null : transport.pool().take(at.server(), isRepeatable());
        if (kept == null) {
            return exchange(at, next, connect());
        }
        use(kept.socket());
        connection = kept;
        connected = true;
        long received = kept.receivedBytes();
        try {
            return exchange(at, next, kept);
        } catch (IOException e) {
            boolean wasDead = kept.receivedBytes() == received && !(e instanceof SocketTimeoutException);
            if (!wasDead
                    || !isRepeatable()
                    || isAborted()
                    || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            transport.pool().discard(kept);
            close();
            sent = false;
            return exchange(at, next, connect());
        }
    }

    /** Whether the request may go out once more when a connection turns out to be dead that was used before. */
    private boolean isRepeatable() {
        boolean isSafe = switch (endpoint.method()) {
            case GET, HEAD, POST -> endpoint.isIdempotent();
            default -> false; // what was done already may be answered otherwise: of a DELETE, with 404
        };
        return isSafe && transport.settings().calls().retryPolicy().maxAttempts() > 1;
    }

    private ClassicHttpResponse exchange(Address at, ClassicHttpRequest request, HttpConnection open)
            throws IOException, HttpException {
        if (open.isViaProxy()) {
            transport.addressToProxy(request, at);
        }
        HttpEntity entity = request.getEntity();
        reusable = false;
        open.socket().forgetSent();
        open.socket().limit(deadline, silence);
        open.sendRequestHeader(request);
        ClassicHttpResponse answer = null;
        if (entity != null) {
            answer = send(open, request);
            bytesSent += entity.getContentLength();
        }
        boolean early = answer != null;
        if (answer == null) {
            open.flush();
            answer = head(open);
        }
        transport.cookies().store(at, answer);
        if (endpoint.method() != HttpMethod.HEAD && canHaveBody(answer.getCode())) {
            open.receiveResponseEntity(answer);
        }
        body = new BodyStream(
                answer.getEntity() == null
                        ? InputStream.nullInputStream()
                        : answer.getEntity().getContent());
        reusable = !exclusive
                && !early
                && answer.getCode() != HttpStatus.SC_INTERNAL_SERVER_ERROR // after which servers hang up (uvicorn does)
                && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, answer, null);
        return answer;
    }

    /** Sends the body; returns the head of an answer that came before all of it was sent, which broke the sending off. */
    private @Nullable ClassicHttpResponse send(HttpConnection open, ClassicHttpRequest request)
            throws IOException, HttpException {
        if (request.getEntity().getContentLength() > MAX_BUFFERED_BYTES) {
            open.socket().limitStalls(silence.isZero() ? deadline.left() : silence);
        }
        try {
            open.sendRequestEntity(request);
            open.flush();
            return null;
        } catch (SocketException e) {
            if (isAborted() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            try {
                return head(open);
            } catch (IOException | HttpException none) {
                e.addSuppressed(none);
                throw e;
            }
        } finally {
            open.socket().limitStalls(Duration.ZERO);
        }
    }

    private static ClassicHttpResponse head(HttpConnection open) throws IOException, HttpException {
        ClassicHttpResponse answer = open.receiveResponseHeader();
        while (answer.getCode() < HttpStatus.SC_SUCCESS && answer.getCode() != HttpStatus.SC_SWITCHING_PROTOCOLS) {
            answer = open.receiveResponseHeader();
        }
        return answer;
    }

    private HttpConnection connect() throws IOException, HttpException {
        connected = false;
        Deadline soon = Deadline.after(transport.settings().connectTimeout());
        HttpConnection made = transport.connector().connect(address.server(), deadline.min(soon), this::use);
        connection = made;
        connected = true;
        return made;
    }

    private void use(ClientSocket next) {
        boolean late;
        synchronized (lock) {
            socket = next;
            late = aborted;
        }
        if (late) {
            HttpTransport.close(next);
        }
    }

    private boolean isDrained() {
        BodyStream open = body;
        try {
            return open != null && open.drain(MAX_DRAINED_BYTES);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean canHaveBody(int status) {
        return status != HttpStatus.SC_NO_CONTENT && status != HttpStatus.SC_NOT_MODIFIED;
    }

    private Map<String, String> headersSent() {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (request != null) {
            for (Header header : request.getHeaders()) {
                headers.put(header.getName(), header.getValue());
            }
        }
        return headers;
    }

    /** The headers of an answer by name in any case. */
    static Map<String, List<String>> headers(ClassicHttpResponse answer) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : answer.getHeaders()) {
            headers.merge(header.getName(), List.of(header.getValue()), HttpAttempt::both);
        }
        return headers;
    }

    private static List<String> both(List<String> before, List<String> more) {
        return Stream.concat(before.stream(), more.stream()).toList();
    }

    /** What the server sent is not HTTP. The cause would have it unmasked. */
    private static final class NotHttpException extends ProtocolException {
        private static final long serialVersionUID = 1L;

        NotHttpException(String why) {
            super("the server does not answer as an HTTP server does: " + why);
        }
    }
}
