package io.synapse.sdk.experiments.internal.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import io.synapse.sdk.embedded.internal.Causes;
import io.synapse.sdk.embedded.internal.http.ErrorForm;
import io.synapse.sdk.embedded.internal.http.GuardedServer;
import io.synapse.sdk.experiments.internal.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP interface of the server on one port (wire/experiments.md, section 2). */
public final class ExperimentServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentServer.class);

    /** A part of a synchronized file has 4 MiB, a config 1 MiB. */
    private static final long MAX_BODY = 8L << 20;

    private static final int UNAVAILABLE = 503;
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    private final GuardedServer server;

    /**
     * Starts to serve.
     *
     * @param host the address to listen on
     * @param port the port, or 0 for a free one
     * @param token what a caller must know
     * @param rooms adds the routes of what the server has
     */
    public ExperimentServer(String host, int port, String token, Consumer<RoutesConfig> rooms) {
        GuardedServer.Settings settings = new GuardedServer.Settings(
                "experiment server",
                "experiments",
                host,
                port,
                "Bearer " + token,
                MAX_BODY,
                MAX_BODY,
                path -> path.startsWith(MlflowArtifactRoutes.ROOT),
                ErrorForm.DETAIL,
                STOP_GRACE);
        server = new GuardedServer(settings, config -> {
            failures(config);
            new SystemRoutes().register(config.routes);
            rooms.accept(config.routes);
        });
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private static void failures(JavalinConfig config) {
        RoutesConfig routes = config.routes;
        routes.exception(Failure.class, (e, request) -> Replies.failure(request, e));
        routes.exception(
                HttpResponseException.class,
                (e, request) -> Replies.json(request, e.getStatus(), Map.of("detail", words(e))));
        routes.exception(EofException.class, (e, request) -> LOG.debug("the caller has gone", e));
        routes.exception(Exception.class, (e, request) -> {
            Optional<String> fault = Causes.faultOfForm(e);
            if (fault.isPresent()) {
                Replies.failure(request, Failure.badRequest("the form cannot be read: " + fault.get()));
                return;
            }
            LOG.error("{} {} failed", request.method(), request.path(), e);
            Replies.failure(request, failure(e));
        });
    }

    /** What a caller is told of a failure of the server. Nothing of it has been done, so it may be tried again later. */
    private static Failure failure(Exception e) {
        if (Causes.isDiskFull(e)) {
            return Failure.of(UNAVAILABLE, "Service Unavailable", "the disk of the server is full");
        }
        if (Causes.isDatabaseLocked(e)) {
            return Failure.of(
                    UNAVAILABLE, "Service Unavailable", "the database of the server is locked by another program");
        }
        return Failure.of(500, "Internal Server Error", "the server failed; its log says why");
    }

    private static String words(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "the request's body is larger than " + MAX_BODY + " bytes";
            default -> String.valueOf(e.getMessage());
        };
    }
}
