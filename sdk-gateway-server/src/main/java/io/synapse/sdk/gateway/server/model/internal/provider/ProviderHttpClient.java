package io.synapse.sdk.gateway.server.model.internal.provider;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.ServerSentEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The HTTP client of the SDK for chat models of LangChain4j. A stream is read on the thread that asks for it, so that an
 * interrupt ends it at any time, also before the first event; its end is a failure unless it is a proper one; the times that
 * servers ask to wait are kept. Thread-safe.
 */
final class ProviderHttpClient implements HttpClient, AutoCloseable {
    private final ProviderClient client;

    ProviderHttpClient(ProviderSettings settings) {
        this.client = ProviderClient.of(settings);
    }

    /** A builder that gives this client, whatever it is asked for: the SDK has its own limits of time. */
    HttpClientBuilder builder() {
        return new SameClient(this);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        byte[] body = client.perform(endpoint(request, ResponseType.bytes()));
        return SuccessfulHttpResponse.builder().statusCode(200).body(body).build();
    }

    /** The parser is not used: the SDK has one that knows limits. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        EventEndpoint<ServerSentEvent> endpoint =
                EventEndpoint.of(endpoint(request, ResponseType.text()), event -> event, ProviderEvents::isLast);
        try (EventStream<ServerSentEvent> stream = client.follow(endpoint)) {
            Handle handle = new Handle(stream);
            listener.onOpen(SuccessfulHttpResponse.builder().statusCode(200).build());
            for (ServerSentEvent event : stream) {
                ProviderEvents.requireNoError(event);
                listener.onEvent(ProviderEvents.toLangChain4j(event), new ServerSentEventContext(handle));
                if (handle.isCancelled()) {
                    return;
                }
            }
            listener.onClose();
        } catch (RuntimeException e) {
            listener.onError(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static <T> Endpoint<T> endpoint(HttpRequest request, ResponseType<T> type) {
        HttpMethod method = HttpMethod.valueOf(request.method().name());
        Endpoint<T> endpoint = Endpoint.of(method, "", type).at(URI.create(request.url()));
        if (request.body() != null) {
            endpoint = endpoint.bytes("application/json", request.body().getBytes(StandardCharsets.UTF_8));
        }
        for (var header : request.headers().entrySet()) {
            for (String value : header.getValue()) {
                endpoint = endpoint.header(header.getKey(), value);
            }
        }
        return endpoint;
    }

    private static final class Handle implements ServerSentEventParsingHandle {
        private final EventStream<?> stream;
        private volatile boolean cancelled;

        Handle(EventStream<?> stream) {
            this.stream = stream;
        }

        @Override
        public void cancel() {
            cancelled = true;
            stream.close();
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    private record SameClient(ProviderHttpClient client) implements HttpClientBuilder {
        @Override
        public Duration connectTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
