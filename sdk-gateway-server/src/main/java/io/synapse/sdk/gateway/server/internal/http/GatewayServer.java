package io.synapse.sdk.gateway.server.internal.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.embedded.internal.http.GuardedServer;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import io.synapse.sdk.gateway.server.internal.Services;
import io.synapse.sdk.gateway.server.internal.metrics.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's HTTP interface on one port (wire/gateway.md, section 2). */
public final class GatewayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

    /** As much as a message of gRPC may have. */
    private static final long MAX_BODY = 50L << 20;

    /** The work is over by then; its answers are written. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    private final ClosedCallers callers = new ClosedCallers();
    private final GuardedServer server;

    /**
     * How it is served.
     *
     * @param host the address to listen on
     * @param port the port, or 0 for a free one
     * @param token what a caller must know
     * @param addresses where each service serves gRPC
     * @param heartbeat the silence after which the reader of a stream gets a comment
     * @param isKept whether streams are on disk, and go on with the next gateway
     */
    public record Settings(
            String host,
            int port,
            String token,
            Map<GatewayService, String> addresses,
            Duration heartbeat,
            boolean isKept) {
        /** All but the token. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Starts to serve. */
    public GatewayServer(Settings settings, Services services, Metrics metrics, ExecutorService threads) {
        GuardedServer.Settings guarded = new GuardedServer.Settings(
                "gateway",
                "gateway",
                settings.host(),
                settings.port(),
                "Bearer " + settings.token(),
                MAX_BODY,
                0,
                path -> false,
                new Problem(),
                STOP_GRACE);
        server = new GuardedServer(guarded, config -> {
            Answering answering = new Answering(threads, callers);
            register(config, metrics);
            new ServiceRoutes(services, answering).register(config.routes);
            new WorkflowRoutes(services, answering, settings.heartbeat(), settings.isKept()).register(config.routes);
            new SystemRoutes(services, metrics, settings.addresses()).register(config.routes);
        });
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Takes no further connections. */
    public void stopListening() {
        server.stopListening();
    }

    @Override
    public void close() {
        server.close();
        callers.close();
    }

    private static void register(JavalinConfig config, Metrics metrics) {
        RoutesConfig routes = config.routes;
        routes.before(Answering::begin);
        routes.before(GatewayServer::requirePlainRequest);
        routes.after(request -> metrics.count(
                request.path(), request.method().name(), request.statusCode(), Answering.seconds(request)));
        routes.exception(GatewayFailure.class, (e, request) -> Answering.failure(request, e));
        routes.exception(
                RequestFields.InvalidException.class,
                (e, request) -> Answering.json(request, 422, Map.of("detail", e.errors())));
        routes.exception(
                BadRequestException.class,
                (e, request) ->
                        Answering.failure(request, new GatewayFailure(Kind.INVALID, String.valueOf(e.getMessage()))));
        routes.exception(
                HttpResponseException.class,
                (e, request) -> Answering.problem(
                        request, e.getStatus(), words(e.getStatus(), String.valueOf(e.getMessage()))));
        routes.exception(EofException.class, (e, request) -> LOG.debug("the caller has gone", e));
        routes.exception(Exception.class, (e, request) -> {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            Answering.failure(
                    request,
                    new GatewayFailure(Kind.INTERNAL, "the gateway failed; its log says why").mayHaveRun(true));
        });
    }

    /** As the original: no HEAD, and a trailing slash leads to the path without it. */
    private static void requirePlainRequest(Context request) {
        String path = request.path();
        if (request.method() == HandlerType.HEAD) {
            request.header("Allow", "GET");
            throw new HttpResponseException(405);
        }
        if (path.length() > 1 && path.endsWith("/")) {
            request.header("Location", path.replaceAll("/+$", "").replaceFirst("^/+", "/"));
            Answering.timed(request).status(307).skipRemainingHandlers();
        }
    }

    private static String words(int status, String message) {
        return switch (status) {
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "the request's body is larger than " + MAX_BODY + " bytes";
            default -> message;
        };
    }
}
