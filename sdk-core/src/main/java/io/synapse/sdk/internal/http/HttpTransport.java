package io.synapse.sdk.internal.http;

import io.synapse.sdk.CallOptions;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestInterceptor;
import io.synapse.sdk.UnexpectedResponseException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests over HTTP/1.1, one attempt at a time, on the thread that performs it. HTTP/2 would read on a thread of
 * its own, which an interrupt does not reach. Repeating is left to the caller. Thread-safe.
 */
public final class HttpTransport implements ExchangeFactory, AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("io.synapse.sdk.calls");

    private final ConnectionSettings settings;
    private final StreamServers streamServers;
    private final ErrorReader errors;
    private final Connector connector;
    private final ConnectionPool pool;
    private final Cookies cookies;

    /**
     * A transport to the servers of these settings. Connects when there is something to send.
     *
     * @param streamServers the servers of streams
     * @param errors what the server's errors mean
     * @param timer ends writes that stall; asked for only when a body is sent
     */
    public HttpTransport(
            ConnectionSettings settings,
            StreamServers streamServers,
            ErrorReader errors,
            Supplier<ScheduledExecutorService> timer) {
        this.settings = settings;
        this.streamServers = streamServers;
        this.errors = errors;
        this.connector = new Connector(settings, timer);
        this.pool = new ConnectionPool(settings.maxIdle());
        this.cookies = new Cookies(settings.cookies());
    }

    private HttpTransport(ConnectionSettings settings, StreamServers streamServers, HttpTransport original) {
        this.settings = settings;
        this.streamServers = streamServers;
        this.errors = original.errors;
        this.connector = original.connector;
        this.pool = original.pool;
        this.cookies = original.cookies;
    }

    /** A transport with other options, and another way to the servers of streams, over the same connections. */
    public HttpTransport with(CallOptions options, StreamServers other) {
        return new HttpTransport(settings.with(options), other, this);
    }

    /** What the client's builder holds. */
    public ConnectionSettings settings() {
        return settings;
    }

    @Override
    public <T> Exchange<T> exchange(Endpoint<T> endpoint, Address address, Deadline deadline) {
        Duration silence = endpoint.readTimeout().orElse(settings.readTimeout());
        HttpAttempt attempt = new HttpAttempt(this, endpoint, address, Map.of(), deadline, silence, false);
        return new HttpExchange<>(endpoint, attempt);
    }

    /**
     * A GET whose answer is read bit by bit for as long as it lasts, not sent yet. It has a connection of its own.
     *
     * @param readTimeout the longest wait for the head of the answer, once there is a connection
     */
    public HttpStream stream(Endpoint<?> endpoint, Duration readTimeout) {
        Map<String, String> headers = Map.of("Accept-Encoding", "identity");
        return stream(endpoint, null, headers, readTimeout, AnswerContent::refusalOfStream);
    }

    /**
     * A request whose answer is a stream of server-sent events, not sent yet. It has a connection of its own. The head of
     * the answer is waited for as long as the request's read timeout, or else the client's, says.
     *
     * @param only the one server that has the stream; null for any
     */
    public HttpStream events(@Nullable BaseUrl only, Endpoint<?> endpoint) {
        Map<String, String> headers = Map.of("Accept", "text/event-stream", "Accept-Encoding", "identity");
        Duration silence = endpoint.readTimeout().orElse(settings.readTimeout());
        return stream(endpoint, only, headers, silence, AnswerContent::refusalOfEvents);
    }

    /** A WebSocket, not opened yet. */
    public WebSocketConnection webSocket(Endpoint<?> endpoint) {
        WebSocketHandshake handshake = new WebSocketHandshake();
        HttpStream stream = stream(endpoint, null, handshake.headers(), settings.readTimeout(), handshake::refusal);
        // what is between it and the client may know no WebSockets
        return new WebSocketConnection(stream.inconclusive(UnexpectedResponseException.class::isInstance));
    }

    private HttpStream stream(
            Endpoint<?> endpoint,
            @Nullable BaseUrl only,
            Map<String, String> headers,
            Duration readTimeout,
            Function<ClassicHttpResponse, @Nullable String> refusal) {
        Function<BaseUrl, HttpAttempt> attempts = server -> exclusive(server, endpoint, headers, readTimeout);
        return new HttpStream(streamServers, endpoint, only, attempts, refusal);
    }

    @Override
    public String caller() {
        Credentials credentials = settings.credentials();
        return settings.headers() + (credentials == null ? "" : credentials.value());
    }

    /** The servers of streams. */
    public StreamServers streamServers() {
        return streamServers;
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return pool.isClosed();
    }

    /** Closes all connections that wait for a request, and others when their request is over. */
    @Override
    public void close() {
        pool.close();
    }

    ErrorReader errors() {
        return errors;
    }

    ConnectionPool pool() {
        return pool;
    }

    Connector connector() {
        return connector;
    }

    Cookies cookies() {
        return cookies;
    }

    /** Whether there are other credentials than those that the server refused. */
    boolean renewCredentials(Map<String, String> refused) {
        Credentials credentials = settings.credentials();
        return credentials != null && credentials.renew(refused.get(credentials.header()));
    }

    /** A request with the client's headers; those of the endpoint and of the interceptors take their place. */
    ClassicHttpRequest request(Endpoint<?> endpoint, Address address, Map<String, String> headers) throws IOException {
        BasicClassicHttpRequest request =
                new BasicClassicHttpRequest(endpoint.method().name(), "/");
        request.setPath(address.target());
        request.setHeader("Host", address.server().authority());
        settings.headers().forEach(request::setHeader);
        Credentials credentials = settings.credentials();
        if (credentials != null) {
            request.setHeader(credentials.header(), credentials.value());
        }
        cookies.apply(address, request);
        RequestBody body = RequestBody.of(endpoint);
        if (body != null) {
            request.setEntity(body);
            request.setHeader("Content-Length", body.getContentLength());
            if (body.getContentType() != null) {
                request.setHeader("Content-Type", body.getContentType());
            }
        }
        endpoint.headers().forEach(header -> request.setHeader(header.getKey(), header.getValue()));
        headers.forEach(request::setHeader);
        for (RequestInterceptor interceptor : settings.interceptors()) {
            URI uri = address.uri();
            interceptor.headers(endpoint.method(), uri).forEach((name, value) -> {
                HeaderSyntax.check(name, value);
                request.setHeader(name, value);
            });
        }
        if (!request.containsHeader("Accept-Encoding")) {
            request.setHeader("Accept-Encoding", "gzip");
        }
        return request;
    }

    /** Makes a request one to an HTTP proxy, which needs the whole URL (RFC 9112, section 3.2.2). */
    void addressToProxy(ClassicHttpRequest request, Address address) {
        request.setPath(address.toString());
        if (settings.proxyAuthorization() != null) {
            request.setHeader("Proxy-Authorization", settings.proxyAuthorization());
        }
    }

    static void close(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("a connection could not be closed", e);
        }
    }

    private HttpAttempt exclusive(
            BaseUrl server, Endpoint<?> endpoint, Map<String, String> headers, Duration readTimeout) {
        Deadline head = Deadline.after(settings.connectTimeout().plus(readTimeout));
        return new HttpAttempt(this, endpoint, server.address(endpoint), headers, head, readTimeout, true);
    }
}
