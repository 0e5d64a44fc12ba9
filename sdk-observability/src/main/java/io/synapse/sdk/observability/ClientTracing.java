package io.synapse.sdk.observability;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.EventStatistics;
import io.synapse.sdk.FallbackMark;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.RequestInterceptor;
import io.synapse.sdk.TailProtocol;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a span of each call and stream, with OpenTelemetry, and sends its context with each request. Thread-safe. It is
 * both a listener and an interceptor, and is given to the builder as both:
 *
 * <pre>{@code
 * ClientTracing tracing = ClientTracing.of(openTelemetry);
 * GatewayClient client = GatewayClient.builder().baseUrl(url).listener(tracing).interceptor(tracing).build();
 * }</pre>
 *
 * <p>The span is of kind CLIENT, and its name the operation's ({@code createPlan}) or, without one, method and path template
 * ({@code GET jobs/{}}). It has the attributes of the semantic conventions for HTTP clients, which name the server of the
 * last attempt; events {@code retry} and {@code fallback}; and the status ERROR when the call failed, a fallback or not.
 *
 * <p><b>Streams.</b> The span of a stream begins when it is read for the first time, and ends when it is complete, fails, or
 * is closed. Its name is {@code log}, with the job as {@code synapse.job}, or {@code events} with the method and path
 * template of its request; over gRPC, the path is that of the method. It has an event {@code connected} for each connection of
 * a log, an event {@code reconnecting} each time a connection was lost or could not be made, and at its end what came as
 * {@code synapse.stream.messages} (events, or the lines of a log), {@code synapse.stream.bytes} and
 * {@code synapse.stream.reconnects}. A stream that is neither read to its end nor closed has no span.
 *
 * <p><b>Parents.</b> A span begins on the thread that performs the call, as a child of the context that is current there. For
 * a blocking call that is the caller's. An asynchronous call is performed by the client's executor: it has a parent only if
 * the executor passes the context on, as one made by {@link Context#taskWrapping(java.util.concurrent.Executor)} does. The
 * header ({@code traceparent}, with the standard propagator) names the call's span in both cases. A request that belongs to no
 * call, as those of streams, has the context that is current on its thread: the parent of the stream's span.
 */
public final class ClientTracing implements ClientListener, RequestInterceptor {
    private static final AttributeKey<String> REQUEST_METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<Long> STATUS_CODE = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<Long> RESEND_COUNT = AttributeKey.longKey("http.request.resend_count");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> URL_TEMPLATE = AttributeKey.stringKey("url.template");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<Long> DELAY = AttributeKey.longKey("synapse.retry.delay_ms");
    private static final AttributeKey<String> JOB = AttributeKey.stringKey("synapse.job");
    private static final AttributeKey<String> PROTOCOL = AttributeKey.stringKey("synapse.stream.protocol");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("synapse.stream.reason");
    private static final AttributeKey<Long> MESSAGES = AttributeKey.longKey("synapse.stream.messages");
    private static final AttributeKey<Long> BYTES = AttributeKey.longKey("synapse.stream.bytes");
    private static final AttributeKey<Long> RECONNECTS = AttributeKey.longKey("synapse.stream.reconnects");
    private static final AttributeKey<String> SOURCE = AttributeKey.stringKey("synapse.fallback.source");

    private static final Logger LOG = LoggerFactory.getLogger(ClientTracing.class);

    private final Tracer tracer;
    private final TextMapPropagator propagator;

    /**
     * Those of calls and streams that are not over. Weak, because a call whose executor was shut down is never over, nor a
     * stream that is not closed.
     */
    private final Map<Record, Context> open = Collections.synchronizedMap(new WeakHashMap<>());

    /** What the attempt that this thread makes belongs to. */
    private final ThreadLocal<@Nullable Context> current = new ThreadLocal<>();

    private ClientTracing(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.synapse.sdk");
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
    }

    /** Traces with this. */
    public static ClientTracing of(OpenTelemetry telemetry) {
        return new ClientTracing(telemetry);
    }

    @Override
    public void callStarted(Call call) {
        Attributes attributes =
                Attributes.of(REQUEST_METHOD, call.method().name(), URL, call.url(), URL_TEMPLATE, call.pathTemplate());
        start(call, name(call), attributes);
    }

    private void start(Record of, String name, Attributes attributes) {
        Context parent = Context.current();
        Span span = tracer.spanBuilder(name)
                .setSpanKind(SpanKind.CLIENT)
                .setParent(parent)
                .setAllAttributes(attributes)
                .startSpan();
        open.put(of, parent.with(span));
    }

    private static String name(Call call) {
        return call.operation().orElseGet(() -> call.method() + " " + call.pathTemplate());
    }

    @Override
    public void attemptStarted(Call call, int number, String server) {
        current.set(open.get(call));
    }

    @Override
    public Map<String, String> headers(HttpMethod method, URI url) {
        Context context = current.get();
        Map<String, String> headers = new HashMap<>();
        propagator.inject(
                context == null ? Context.current() : context,
                headers,
                (carrier, name, value) -> headers.put(name, value));
        return headers;
    }

    @Override
    public void attemptFinished(Call call, Attempt attempt) {
        current.remove();
    }

    @Override
    public void retryScheduled(Call call, Attempt failed, Duration delay) {
        span(call).addEvent("retry", Attributes.of(ERROR_TYPE, errorType(failed), DELAY, delay.toMillis()));
    }

    @Override
    public void fallbackUsed(Call call, FallbackMark mark) {
        span(call).addEvent("fallback", Attributes.of(SOURCE, mark.source()));
    }

    @Override
    public void callFinished(Call call, Attempt last, Duration duration) {
        current.remove();
        Span span = over(call);
        last.statusCode().ifPresent(status -> span.setAttribute(STATUS_CODE, (long) status));
        if (last.number() > 1) {
            span.setAttribute(RESEND_COUNT, (long) last.number() - 1);
        }
        nameServer(span, last.server());
        last.failure().ifPresent(failure -> {
            span.setAttribute(ERROR_TYPE, errorType(last));
            span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
        });
        span.end();
    }

    @Override
    public void streamStarted(Stream stream) {
        start(stream, "log", Attributes.of(JOB, stream.job()));
    }

    @Override
    public void streamConnected(Stream stream, TailProtocol protocol) {
        span(stream).addEvent("connected", Attributes.of(PROTOCOL, protocol.name()));
    }

    @Override
    public void streamReconnecting(Stream stream, String reason, Duration delay) {
        reconnecting(stream, reason, delay);
    }

    @Override
    public void streamEnded(
            Stream stream, LogStatistics statistics, Duration duration, Optional<RuntimeException> failure) {
        streamOver(stream, statistics.lines(), statistics.bytes(), statistics.reconnects(), failure);
    }

    @Override
    public void eventsStarted(Events stream) {
        String name = "events " + stream.method() + " " + stream.pathTemplate();
        Attributes attributes =
                Attributes.of(REQUEST_METHOD, stream.method().name(), URL_TEMPLATE, stream.pathTemplate());
        start(stream, name, attributes);
    }

    @Override
    public void eventsReconnecting(Events stream, String reason, Duration delay) {
        reconnecting(stream, reason, delay);
    }

    @Override
    public void eventsEnded(
            Events stream, EventStatistics statistics, Duration duration, Optional<RuntimeException> failure) {
        streamOver(stream, statistics.events(), statistics.bytes(), statistics.reconnects(), failure);
    }

    private void reconnecting(Record stream, String reason, Duration delay) {
        span(stream).addEvent("reconnecting", Attributes.of(REASON, reason, DELAY, delay.toMillis()));
    }

    private void streamOver(
            Record stream, long messages, long bytes, long reconnects, Optional<RuntimeException> failure) {
        Span span = over(stream);
        span.setAllAttributes(Attributes.of(MESSAGES, messages, BYTES, bytes, RECONNECTS, reconnects));
        failure.ifPresent(why -> {
            span.setAttribute(ERROR_TYPE, why.getClass().getName());
            span.setStatus(StatusCode.ERROR, String.valueOf(why.getMessage()));
        });
        span.end();
    }

    /** A URL that is not one any more, because something in it was masked, is left out. */
    private static void nameServer(Span span, String url) {
        try {
            URI server = new URI(url);
            if (server.getHost() != null) {
                span.setAttribute(SERVER_ADDRESS, server.getHost());
            }
            if (server.getPort() > 0) {
                span.setAttribute(SERVER_PORT, (long) server.getPort());
            }
        } catch (URISyntaxException e) {
            LOG.debug("a span has no server", e);
        }
    }

    /** The status as text, or the exception where there was no response, as the conventions say. */
    private static String errorType(Attempt attempt) {
        return attempt.statusCode().isPresent()
                ? Integer.toString(attempt.statusCode().getAsInt())
                : attempt.failure()
                        .map(ClientException::getClass)
                        .map(Class::getName)
                        .orElse("unknown");
    }

    private Span span(Record of) {
        return known(open.get(of));
    }

    private Span over(Record of) {
        return known(open.remove(of));
    }

    private static Span known(@Nullable Context context) {
        return context == null ? Span.getInvalid() : Span.fromContext(context);
    }
}
