package io.synapse.sdk.gateway.server;

import io.synapse.sdk.embedded.internal.CloseStack;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.embedded.internal.DataDirectory;
import io.synapse.sdk.embedded.internal.HostAndPort;
import io.synapse.sdk.embedded.internal.ServerToken;
import io.synapse.sdk.gateway.WorkflowRole;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.server.internal.Services;
import io.synapse.sdk.gateway.server.internal.StreamLimits;
import io.synapse.sdk.gateway.server.internal.WorkQueue;
import io.synapse.sdk.gateway.server.internal.command.Commands;
import io.synapse.sdk.gateway.server.internal.grpc.GrpcServers;
import io.synapse.sdk.gateway.server.internal.http.GatewayServer;
import io.synapse.sdk.gateway.server.internal.metrics.Metrics;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * An AI gateway on this machine with its three gRPC services: the interface of
 * <a href="https://github.com/akillness/Synapse">akillness/Synapse</a>, and what wire/gateway.md, section 7, has beyond it.
 * It serves addresses of its own, on loopback unless told otherwise, to whoever knows its token.
 *
 * <pre>{@code
 * try (EmbeddedGateway gateway = EmbeddedGateway.start();
 *         GatewayClient client = GatewayClient.builder()
 *                 .baseUrl(gateway.baseUrl())
 *                 .gatewayToken(gateway.token())
 *                 .build()) {
 *     Plan plan = client.createPlan(PlanRequest.of("a todo app"));
 * }
 * }</pre>
 *
 * <p>Requests are answered by {@linkplain GatewayAgent agents}: by {@link RuleAgent} unless told otherwise. Each service has
 * a limit of calls at a time and a bounded queue, and refuses what is beyond at once.
 *
 * <p>Streams can be continued where they were cut, for 10 minutes after their end; their work goes on for 60 s without a
 * reader. With a {@linkplain Builder#dataDirectory data directory} they outlive the gateway too: the next one on that
 * directory goes on with a workflow after the last step that is done, makes a plan or an analysis again and goes on if it
 * is the same, and says of a command that its outcome is lost. A workflow that failed can be continued there by its id.
 *
 * <p>Commands of callers are refused unless {@linkplain Builder#allowCommands allowed}. Thread-safe.
 */
public final class EmbeddedGateway implements AutoCloseable {
    private final String token;
    private final String host;
    private final Duration shutdownGrace;
    private final Services services;
    private final GrpcServers grpc;
    private final GatewayServer http;
    private final CloseStack parts = new CloseStack();
    private boolean closed;

    private EmbeddedGateway(Builder builder) throws IOException {
        token = builder.token == null ? ServerToken.random() : builder.token;
        host = builder.host;
        shutdownGrace = builder.shutdownGrace;
        ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("gateway-work"));
        parts.add(threads::shutdownNow);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads("gateway-timer"));
        timer.setRemoveOnCancelPolicy(true);
        parts.add(timer::shutdownNow);
        try {
            Path directory = builder.dataDirectory == null
                    ? null
                    : parts.add(DataDirectory.open(builder.dataDirectory)).path();
            services = new Services(builder.settings(directory, threads), threads, timer, Clock.systemUTC());
            Metrics metrics = parts.add(new Metrics(services));
            grpc = parts.add(new GrpcServers(host, builder.grpcPorts, token, services, threads, metrics.ofCalls()));
            Map<GatewayService, String> addresses = new EnumMap<>(GatewayService.class);
            for (GatewayService service : GatewayService.values()) {
                addresses.put(service, grpcAddress(service));
            }
            GatewayServer.Settings settings = new GatewayServer.Settings(
                    host, builder.port, token, addresses, builder.heartbeat, directory != null);
            http = parts.add(new GatewayServer(settings, services, metrics, threads));
        } catch (IOException | RuntimeException e) {
            parts.closeAfter(e);
            throw e;
        }
    }

    /** Starts a gateway on free ports of loopback, with a new token. */
    public static EmbeddedGateway start() {
        return builder().start();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where it serves HTTP, for instance {@code http://127.0.0.1:41233}. */
    public URI baseUrl() {
        return URI.create("http://" + address(http.port()));
    }

    /** Where a service serves gRPC, for instance {@code 127.0.0.1:41234}. */
    public String grpcAddress(GatewayService service) {
        return address(grpc.port(service));
    }

    private String address(int port) {
        return HostAndPort.of(host, port);
    }

    /** What a caller must send, as {@code Authorization: Bearer} over HTTP and in the metadata of gRPC. */
    public String token() {
        return token;
    }

    /**
     * Says NOT_SERVING, takes no further calls, gives those in flight their {@linkplain Builder#shutdownGrace grace time},
     * ends the others, commands with all their processes, and stops serving. Closing again does nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        services.stopServing();
        grpc.stopServing();
        http.stopListening();
        boolean isInterrupted = false;
        try {
            services.awaitIdle(shutdownGrace);
            services.cancelAll();
            services.awaitIdle(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            services.cancelAll();
            isInterrupted = true;
        } finally {
            parts.close();
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Its address; not its token. */
    @Override
    public String toString() {
        return "EmbeddedGateway[" + baseUrl() + "]";
    }

    /** What a gateway can be told. Not thread-safe. Each setter throws an {@link IllegalArgumentException} for a bad value. */
    public static final class Builder {
        private static final Set<WorkflowRole> AGENT_ROLES =
                Set.of(WorkflowRole.PLANNER, WorkflowRole.ANALYST, WorkflowRole.CODER, WorkflowRole.REVIEWER);

        private final Map<WorkflowRole, GatewayAgent> agents = new HashMap<>();
        private final Map<GatewayService, Integer> grpcPorts = new EnumMap<>(GatewayService.class);
        private String host = "127.0.0.1";
        private int port;
        private @Nullable String token;
        private @Nullable Path dataDirectory;
        private boolean allowCommands;
        private Set<String> programs = Commands.DEFAULT_PROGRAMS;
        private @Nullable WorkspaceAgent workspace;
        private int maxInFlight = 16;
        private int maxQueued = 64;
        private Duration callTimeout = Duration.ofMinutes(2);
        private Duration heartbeat = Duration.ofSeconds(10);
        private Duration shutdownGrace = Duration.ofSeconds(5);
        private StreamLimits streamLimits = StreamLimits.DEFAULT;

        private Builder() {
            agent(new RuleAgent());
        }

        /** The address to listen on; loopback by default. On any other, the token travels in clear: there is no TLS. */
        public Builder host(String address) {
            host = Objects.requireNonNull(address, "host");
            return this;
        }

        /** The port of HTTP; 0, the default, for a free one. */
        public Builder port(int number) {
            port = HostAndPort.checkedPort(number);
            return this;
        }

        /** The port of a gRPC service; 0, the default, for a free one. */
        public Builder grpcPort(GatewayService service, int number) {
            grpcPorts.put(service, HostAndPort.checkedPort(number));
            return this;
        }

        /** What a caller must know, in printable ASCII characters without spaces; a new random one by default. */
        public Builder token(String secret) {
            if (!secret.matches("[\\x21-\\x7e]+")) {
                throw new IllegalArgumentException("the token is blank or has characters that a header cannot have");
            }
            token = secret;
            return this;
        }

        /** Who answers all requests; a {@link RuleAgent} by default. */
        public Builder agent(GatewayAgent agent) {
            Objects.requireNonNull(agent, "agent");
            AGENT_ROLES.forEach(role -> agents.put(role, agent));
            return this;
        }

        /**
         * Who answers the requests of one role: {@link WorkflowRole#PLANNER} plans, {@link WorkflowRole#ANALYST} analyzes,
         * {@link WorkflowRole#CODER} writes code, {@link WorkflowRole#REVIEWER} reviews it.
         */
        public Builder agent(WorkflowRole role, GatewayAgent agent) {
            if (!AGENT_ROLES.contains(role)) {
                throw new IllegalArgumentException("an agent is planner, analyst, coder or reviewer, not " + role);
            }
            agents.put(role, Objects.requireNonNull(agent, "agent"));
            return this;
        }

        /**
         * Where streams, with their requests, and workflows that are not complete are kept over the end of the gateway;
         * nowhere by default. Only this user can read it. One gateway at a time may use it. What callers were told outlives a
         * killed process. Of a machine that loses its power, streams that have ended and steps of workflows outlive the end;
         * a stream that had not may be lost, which its caller is told.
         */
        public Builder dataDirectory(Path directory) {
            dataDirectory = Objects.requireNonNull(directory, "data directory");
            return this;
        }

        /**
         * Lets callers execute commands with the rights of this process, which are refused by default. Only
         * {@linkplain #programs some programs} may be executed; that is no wall, since some of them, such as
         * {@code python}, can do anything.
         */
        public Builder allowCommands(boolean allow) {
            allowCommands = allow;
            return this;
        }

        /** The programs that callers may execute: names, looked up on the PATH, or absolute paths. By default the original's. */
        public Builder programs(Set<String> allowed) {
            programs = Set.copyOf(allowed);
            return this;
        }

        /**
         * Executes commands as this agent of a workspace, in its container, in place of this machine. The gateway does not
         * close it.
         */
        public Builder workspace(WorkspaceAgent agent) {
            workspace = Objects.requireNonNull(agent, "agent");
            return this;
        }

        /** How many calls each service does at a time; at least 1, 16 by default. */
        public Builder maxInFlight(int calls) {
            maxInFlight = atLeast(1, calls);
            return this;
        }

        /** How many more wait for each service, first come, first served; 64 by default. Any more are refused at once. */
        public Builder maxQueued(int calls) {
            maxQueued = atLeast(0, calls);
            return this;
        }

        private static int atLeast(int least, int value) {
            if (value < least) {
                throw new IllegalArgumentException("this limit is at least " + least + ", not " + value);
            }
            return value;
        }

        /**
         * How long a call may take, its wait included, unless its caller's deadline is earlier; 2 minutes by default. A
         * workflow may take five times as long.
         */
        public Builder callTimeout(Duration limit) {
            callTimeout = positive(limit);
            return this;
        }

        /** The silence after which the reader of an HTTP stream gets a comment; 10 s by default. */
        public Builder heartbeat(Duration silence) {
            heartbeat = positive(silence);
            return this;
        }

        /** How long calls in flight may go on when the gateway is closed; 5 s by default. */
        public Builder shutdownGrace(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("a time is not negative: " + time);
            }
            shutdownGrace = time;
            return this;
        }

        /** How long the work of a stream goes on while nobody reads it; 60 s by default. */
        public Builder unreadGrace(Duration time) {
            streamLimits = streamLimits.withoutReader(positive(time));
            return this;
        }

        /** How long the messages of a stream are kept after its end; 10 minutes by default. */
        public Builder streamRetention(Duration time) {
            streamLimits = streamLimits.afterEnd(positive(time));
            return this;
        }

        private static Duration positive(Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("a time limit is positive, not " + time);
            }
            return time;
        }

        private Services.Settings settings(@Nullable Path directory, ExecutorService threads) {
            return new Services.Settings(
                    Map.copyOf(agents),
                    new Commands(allowCommands, programs, workspace, threads),
                    new WorkQueue.Limits(maxInFlight, maxQueued),
                    callTimeout,
                    streamLimits,
                    directory);
        }

        /**
         * Starts the gateway; it serves when this returns.
         *
         * @throws UncheckedIOException when the data directory cannot be used, or an address is taken
         * @throws IllegalStateException when another gateway uses the data directory
         */
        public EmbeddedGateway start() {
            try {
                return new EmbeddedGateway(this);
            } catch (IOException e) {
                throw new UncheckedIOException("the gateway cannot start: " + e.getMessage(), e);
            }
        }
    }
}
