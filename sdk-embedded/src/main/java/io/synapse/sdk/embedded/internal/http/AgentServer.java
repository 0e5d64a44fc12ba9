package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.HttpResponseException;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.docker.internal.EngineException;
import io.synapse.sdk.embedded.internal.Causes;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.embedded.internal.backend.Backend;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.container.Containers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's HTTP and WebSocket interface on one port. */
public final class AgentServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentServer.class);
    private static final long MAX_BODY = 10L << 20;

    /** A little more than a plugin may have, so that it is the check of plugins that says what is wrong. */
    private static final long MAX_ARCHIVE_MEBIBYTES = 101;

    private final ExecutorService followers;
    private final GuardedServer server;

    /**
     * Starts to serve.
     *
     * @param host the address to listen on
     * @param port the port, or 0 for a free one
     * @param token what a caller must know
     * @param served what it gives access to
     * @param heartbeat the silence after which a follower of a log gets a heartbeat
     */
    public AgentServer(String host, int port, String token, Served served, Duration heartbeat) {
        followers = Executors.newCachedThreadPool(new DaemonThreads("embedded-agent-log"));
        GuardedServer.Settings settings = new GuardedServer.Settings(
                "agent",
                "embedded-agent",
                host,
                port,
                token,
                MAX_BODY,
                (MAX_ARCHIVE_MEBIBYTES + 1) << 20,
                path -> false,
                ErrorForm.DETAIL,
                Duration.ZERO);
        server = new GuardedServer(settings, config -> {
            settle(config);
            register(config.routes, served, heartbeat);
            registerErrors(config.routes);
        });
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Stops serving; readers of logs are cut off. */
    @Override
    public void close() {
        followers.shutdownNow();
        server.close();
    }

    private void register(RoutesConfig routes, Served served, Duration heartbeat) {
        Backend backend = served.backend();
        Containers containers = served.containers();
        new JobRoutes(backend.jobs()).register(routes);
        new LogRoutes("/jobs/{id}/logs", backend.jobs()::log, followers, heartbeat).register(routes);
        new NodeRoutes(backend.nodes()).register(routes);
        new TaskRoutes(backend.tasks()).register(routes);
        new ServeRoutes(backend.serveApplications()).register(routes);
        new PluginRoutes(served.releases(), containers).register(routes);
        new PluginRunRoutes(served.actions()).register(routes);
        new DockerRoutes(containers).register(routes); // first: "docker" would be the id of a container
        new ContainerRoutes(containers, served.releases()).register(routes);
        new LogRoutes("/builds/{id}/logs", containers.builds()::log, followers, heartbeat).register(routes);
        new WorkspaceRoutes(served.workspaces(), served.limits()).register(routes);
        new SystemRoutes(backend, served.engine(), Instant.now()).register(routes);
    }

    private static void settle(JavalinConfig config) {
        config.router.ignoreTrailingSlashes = true;
        config.jetty.multipartConfig.maxFileSize(MAX_ARCHIVE_MEBIBYTES, SizeUnit.MB);
        config.jetty.multipartConfig.maxTotalRequestSize(MAX_ARCHIVE_MEBIBYTES + 1, SizeUnit.MB);
    }

    private static void registerErrors(RoutesConfig routes) {
        routes.exception(RefusedException.class, (e, request) -> Answers.json(request, e.status(), e.answer()));
        routes.exception(
                BadRequestException.class, (e, request) -> Answers.error(request, 400, String.valueOf(e.getMessage())));
        routes.exception(
                EngineException.class,
                (e, request) -> Answers.error(request, e.status(), String.valueOf(e.getMessage())));
        routes.exception(HttpResponseException.class, (e, request) -> Answers.error(request, e.getStatus(), words(e)));
        routes.exception(EofException.class, (e, request) -> LOG.debug("the caller has gone", e));
        routes.exception(Exception.class, (e, request) -> {
            Optional<RefusedException> fault = Causes.faultOfForm(e).map(AgentServer::unreadableForm);
            if (fault.isPresent()) {
                Answers.json(request, fault.get().status(), fault.get().answer());
                return;
            }
            if (Causes.isDiskFull(e)) {
                Answers.error(request, 507, "the disk of the agent's data directory is full");
                return;
            }
            LOG.error("{} {} failed", request.method(), request.path(), e);
            Answers.error(request, 500, "the agent failed to do this; its log says why");
        });
    }

    private static RefusedException unreadableForm(String words) {
        return words.contains("max file size") || words.startsWith("max length exceeded")
                ? new RefusedException(413, "the archive is larger than 100 MiB")
                : new RefusedException(400, "the form cannot be read: " + words);
    }

    private static String words(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> "there is nothing at this path";
            case 405 -> "this path does not know the method";
            case 413 -> "the request's body is larger than " + MAX_BODY + " bytes";
            default -> String.valueOf(e.getMessage());
        };
    }
}
