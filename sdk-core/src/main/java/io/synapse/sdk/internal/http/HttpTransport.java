package io.synapse.sdk.internal.http;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;

/**
 * Sends requests, one attempt at a time, over a pool of connections. Repeating is not its business: the HTTP library's
 * own repeating is off. Thread-safe.
 */
public final class HttpTransport implements AutoCloseable {
    private static final int MAX_IDLE_CONNECTIONS = 5;
    private static final long IDLE_CONNECTION_SECONDS = 30;

    private final ConnectionSettings settings;
    private final ErrorReader errors;
    private final OkHttpClient http;
    private final OkHttpClient streams;

    /**
     * Whether silence is limited at the socket, and not by the HTTP library, which has a thread wake up for every read.
     * Not over TLS, where the library's limit is also that of the handshake.
     */
    private final boolean limitsSilence;

    private volatile boolean closed;

    /** A transport to a server that says errors in the usual way. */
    public HttpTransport(ConnectionSettings settings) {
        this(settings, ErrorReader.USUAL);
    }

    /** A transport to the server of these settings. Connects when there is something to send. */
    public HttpTransport(ConnectionSettings settings, ErrorReader errors) {
        this.settings = settings;
        this.errors = errors;
        this.limitsSilence = !settings.baseUrl().url().isHttps();
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher())
                .connectionPool(new ConnectionPool(MAX_IDLE_CONNECTIONS, IDLE_CONNECTION_SECONDS, TimeUnit.SECONDS))
                .socketFactory(new InterruptibleSockets())
                .protocols(List.of(Protocol.HTTP_1_1)) // HTTP/2 would read on threads of its own
                .fastFallback(false) // it would connect on other threads, which an interrupt does not reach
                .retryOnConnectionFailure(false)
                .followSslRedirects(false)
                .addNetworkInterceptor(new RedirectGuard(settings))
                .eventListener(CallProgress.LISTENER)
                .connectTimeout(settings.connectTimeout())
                .readTimeout(limitsSilence ? Duration.ZERO : settings.readTimeout())
                .writeTimeout(settings.readTimeout());
        if (settings.proxy() != null) {
            builder.proxy(settings.proxy());
        }
        if (settings.tls() != null) {
            builder.sslSocketFactory(settings.tls().sockets(), settings.tls().trust());
        }
        this.http = builder.build();
        this.streams = streaming(http);
    }

    /**
     * A stream has a connection of its own: a used one may be dead already, which would look as if the server could not
     * do streams; and a WebSocket needs HTTP/1.1.
     */
    private static OkHttpClient streaming(OkHttpClient http) {
        return http.newBuilder()
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .build();
    }

    /** What the client was told by its builder. */
    public ConnectionSettings settings() {
        return settings;
    }

    /** What the server's errors mean. */
    ErrorReader errors() {
        return errors;
    }

    /**
     * One attempt of a request, not sent yet.
     *
     * @param timeout for the whole attempt; zero for none
     */
    public <T> HttpExchange<T> exchange(Endpoint<T> endpoint, Duration timeout) {
        return exchange(endpoint, address(endpoint), timeout);
    }

    /**
     * One attempt of a request, not sent yet.
     *
     * @param address where the endpoint is
     * @param timeout for the whole attempt; zero for none
     */
    public <T> HttpExchange<T> exchange(Endpoint<T> endpoint, Address address, Duration timeout) {
        Duration silence = endpoint.readTimeout().orElse(settings.readTimeout());
        CallProgress progress = progress(silence);
        okhttp3.Call call = patient(http, silence)
                .newCall(request(endpoint, address, progress).build());
        call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        return new HttpExchange<>(this, endpoint, call, progress, silence);
    }

    /**
     * A GET whose answer is read bit by bit for as long as it lasts, not sent yet.
     *
     * @param readTimeout the longest silence, while waiting for the answer and in it
     */
    public HttpStream stream(Endpoint<?> endpoint, Duration readTimeout) {
        CallProgress progress = progress(readTimeout);
        Request request = request(endpoint, address(endpoint), progress).build();
        return new HttpStream(this, patient(streams, readTimeout).newCall(request), progress, readTimeout);
    }

    /** A WebSocket, not opened yet. */
    public WebSocketConnection webSocket(Endpoint<?> endpoint) {
        CallProgress progress = progress(settings.readTimeout());
        WebSocketHandshake handshake = new WebSocketHandshake();
        Request.Builder request = request(endpoint, address(endpoint), progress);
        handshake.headers().forEach(request::header);
        return new WebSocketConnection(this, streams.newCall(request.build()), progress, handshake);
    }

    /** Where an endpoint is. */
    public Address address(Endpoint<?> endpoint) {
        HttpUrl url = settings.baseUrl().resolve(endpoint.target());
        if (!endpoint.query().isEmpty()) {
            HttpUrl.Builder withQuery = url.newBuilder();
            endpoint.query()
                    .forEach(parameter -> withQuery.addQueryParameter(parameter.getKey(), parameter.getValue()));
            url = withQuery.build();
        }
        return new Address(url, settings.baseUrl().isOriginOf(url));
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends all that is under way and closes all connections. */
    @Override
    public void close() {
        closed = true;
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        streams.connectionPool().evictAll();
    }

    private CallProgress progress(Duration silence) {
        return new CallProgress(limitsSilence ? silence : Duration.ZERO);
    }

    /** A client of its own only where it is needed; it shares the connections. */
    private OkHttpClient patient(OkHttpClient client, Duration silence) {
        return limitsSilence || silence.equals(settings.readTimeout())
                ? client
                : client.newBuilder().readTimeout(silence).build();
    }

    /** A request with the client's headers; those of its own and of the interceptors take their place. */
    private Request.Builder request(Endpoint<?> endpoint, Address address, CallProgress progress) {
        HttpUrl url = address.url();
        Request.Builder request =
                new Request.Builder().url(url).method(endpoint.method().name(), RequestBodies.of(endpoint));
        settings.headers().forEach(request::header);
        endpoint.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
        for (RequestInterceptor interceptor : settings.interceptors()) {
            interceptor.headers(endpoint.method(), url.uri()).forEach(request::header);
        }
        return CallProgress.attach(request, progress);
    }
}
