package io.synapse.sdk.embedded;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.docker.ContainerLimits;
import io.synapse.sdk.docker.internal.DockerEngine;
import io.synapse.sdk.embedded.internal.Causes;
import io.synapse.sdk.embedded.internal.CloseStack;
import io.synapse.sdk.embedded.internal.DataDirectory;
import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.embedded.internal.HostAndPort;
import io.synapse.sdk.embedded.internal.ScratchFolder;
import io.synapse.sdk.embedded.internal.ServerToken;
import io.synapse.sdk.embedded.internal.backend.Backend;
import io.synapse.sdk.embedded.internal.container.ContainerSettings;
import io.synapse.sdk.embedded.internal.container.Containers;
import io.synapse.sdk.embedded.internal.http.AgentServer;
import io.synapse.sdk.embedded.internal.http.Served;
import io.synapse.sdk.embedded.internal.job.JobOptions;
import io.synapse.sdk.embedded.internal.machine.MachineBackend;
import io.synapse.sdk.embedded.internal.plugin.PluginActions;
import io.synapse.sdk.embedded.internal.plugin.PluginReleases;
import io.synapse.sdk.embedded.internal.ray.ClusterBackend;
import io.synapse.sdk.embedded.internal.workspace.Workspaces;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A Synapse agent on this machine: the agent's whole interface (jobs, logs, nodes, resources, policy, plugins,
 * containers) with jobs that are local processes, or jobs of a Ray cluster. It serves an address of its own, on loopback
 * unless told otherwise, to whoever knows its token.
 *
 * <pre>{@code
 * try (EmbeddedAgent agent = EmbeddedAgent.start();
 *         AgentClient client = AgentClient.builder()
 *                 .baseUrl(agent.baseUrl())
 *                 .agentToken(agent.token())
 *                 .build()) {
 *     String id = client.submitJob(JobSubmission.of("echo hello"));
 * }
 * }</pre>
 *
 * <p>Records and logs are in its data directory. With a directory of your own, jobs outlive the agent: one that is
 * started on the same directory later finds them again, running or ended. Without one, it uses a temporary directory;
 * then closing the agent stops its jobs and deletes the directory.
 *
 * <p>Local jobs need {@code sh}, {@code setsid} and {@code /proc}, that is Linux. Thread-safe.
 *
 * <p>With a {@linkplain Builder#rayAddress Ray cluster}, jobs, nodes, tasks, Serve applications and resources are the
 * cluster's, and jobs neither need the agent nor end with it. The agent's interface stays the same, and so do its logs:
 * while somebody follows a job, its log is copied into the data directory, where readers resume at any byte. The copy
 * goes when the job is deleted. Ray alone decides what runs when; the policy is kept and enforces nothing.
 *
 * <p>Playground containers run on a {@linkplain Builder#dockerHost Docker Engine}, which need not be there: without one,
 * calls for containers are refused with status 503, and nothing else suffers. Every container and image that the agent
 * makes has labels that say so, and it never changes others. The agent can be killed at any moment: whatever it was
 * making is cleared up by the next one on the same directory. Containers are reached through ports 7860 to 8860 on the
 * agent's own address.
 */
public final class EmbeddedAgent implements AutoCloseable {
    private final String token;
    private final URI baseUrl;
    private final DataDirectory directory;
    private final Backend backend;
    private final Containers containers;
    private final Workspaces workspaces;
    private final AgentServer server;
    private final CloseStack parts = new CloseStack();
    private boolean closed;

    private EmbeddedAgent(Builder builder) throws IOException {
        token = builder.token == null ? ServerToken.random() : builder.token;
        try {
            directory = parts.add(DataDirectory.open(builder.dataDirectory));
            Path path = directory.path();
            Jdbi database = parts.add(Database.open(path.resolve("agent.db"), Database.Schema.OF_AGENT))
                    .jdbi();
            Path plugins = path.resolve("plugins");
            PluginReleases releases = new PluginReleases(plugins, builder.pluginDirectory);
            ScratchFolder scratch = new ScratchFolder(plugins.resolve("runs"));
            DockerEngine engine = parts.add(new DockerEngine(builder.dockerHost, "--docker-host"));
            containers = parts.add(new Containers(path, database, builder.containerSettings(), engine, releases));
            workspaces = parts.add(new Workspaces(builder.dockerHost, new ScratchFolder(path.resolve("workspaces"))));
            backend = parts.add(builder.backend(path, database));
            PluginActions actions = new PluginActions(releases, scratch, backend.jobs());
            server = serve(
                    builder,
                    new Served(backend, releases, actions, containers, workspaces, builder.containerLimits, engine));
        } catch (IOException | RuntimeException e) {
            parts.closeAfter(e);
            throw e;
        }
        baseUrl = URI.create("http://" + HostAndPort.of(builder.host, server.port()));
    }

    private AgentServer serve(Builder builder, Served served) {
        try {
            return new AgentServer(builder.host, builder.port, token, served, builder.heartbeat);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the agent cannot serve " + builder.host + ":" + builder.port + ": " + Causes.rootMessage(e), e);
        }
    }

    /** Starts an agent on a free port of loopback, with a new token and a temporary directory. */
    public static EmbeddedAgent start() {
        return builder().start();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where it serves, for instance {@code http://127.0.0.1:41233}. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** What a caller must send as its {@code Authorization} header. */
    public String token() {
        return token;
    }

    /** Where its records and logs are. */
    public Path dataDirectory() {
        return directory.path();
    }

    /** How many local jobs run at once; 0 for no limit. */
    int maxConcurrentJobs() {
        return backend.policy().maxConcurrentJobs();
    }

    /**
     * Closes workspaces of clients, and stops serving; builds are cancelled. Jobs and containers go on, unless the directory is temporary: then they are
     * stopped, with what earlier jobs left running, the containers are removed, and the directory is deleted. Closing
     * again does nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (CloseStack closing = new CloseStack()) {
            closing.add(parts);
            closing.add(this::endWork);
            closing.add(server);
            closing.add(workspaces); // while their clients can be told
        }
    }

    private void endWork() {
        if (directory.isTemporary()) {
            backend.stopJobsOfThisAgent();
            containers.deleteAll();
        }
    }

    /** Its address; not its token. */
    @Override
    public String toString() {
        return "EmbeddedAgent[" + baseUrl + "]";
    }

    /** What an agent can be told. Not thread-safe. */
    public static final class Builder {
        private static final String BASE_IMAGE = "python:3.12-slim";
        private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

        private String host = "127.0.0.1";
        private int port;
        private @Nullable String token;
        private @Nullable Path dataDirectory;
        private @Nullable Path pluginDirectory;
        private @Nullable String dockerHost;
        private @Nullable String gradioBaseImage;
        private ContainerLimits containerLimits = ContainerLimits.DEFAULT;
        private Duration buildTimeout = Duration.ofMinutes(30);
        private Duration heartbeat = Duration.ofSeconds(10);
        private @Nullable Integer maxConcurrentJobs;
        private boolean endLeftovers;
        private @Nullable String rayAddress;
        private @Nullable String rayToken;

        private Builder() {}

        /** The address to listen on; loopback by default. On any other, the token travels in clear: there is no TLS. */
        public Builder host(String address) {
            host = Objects.requireNonNull(address, "host");
            return this;
        }

        /**
         * The port; 0, the default, for a free one.
         *
         * @throws IllegalArgumentException when it is not from 0 to 65535
         */
        public Builder port(int number) {
            port = HostAndPort.checkedPort(number);
            return this;
        }

        /**
         * What a caller must know; a new random one by default.
         *
         * @throws IllegalArgumentException when it is blank
         */
        public Builder token(String secret) {
            if (secret.isBlank()) {
                throw new IllegalArgumentException("the token must not be blank");
            }
            token = secret;
            return this;
        }

        /** Where to keep records and logs; a temporary directory by default. One agent at a time may use it. */
        public Builder dataDirectory(Path directory) {
            dataDirectory = Objects.requireNonNull(directory, "data directory");
            return this;
        }

        /**
         * A folder with plugins in it, each a folder or a zip of its own, beside those that callers upload; none by
         * default. The agent reads it whenever it needs to, and never writes there.
         *
         * @throws IllegalArgumentException when there is no such folder
         */
        public Builder pluginDirectory(Path directory) {
            if (!Files.isDirectory(directory)) {
                throw new IllegalArgumentException("the plugin directory " + directory + " is not a folder");
            }
            pluginDirectory = directory;
            return this;
        }

        /**
         * The Docker Engine that runs playground containers. By default the one that the environment variable
         * {@code DOCKER_HOST} names, or else {@code unix:///var/run/docker.sock}. It need not be there: without it, only
         * calls for containers are refused, with status 503.
         *
         * @param address such as {@code unix:///run/user/1000/docker.sock} or {@code tcp://127.0.0.1:2375}
         * @throws IllegalArgumentException when it is no such address
         */
        public Builder dockerHost(String address) {
            if (!address.matches("(unix:///|tcp://)\\S+")) {
                throw new IllegalArgumentException("a Docker Engine is at unix:///… or tcp://…, not at " + address);
            }
            dockerHost = address;
            return this;
        }

        /**
         * The image that those of plugins are made from; it has Python and pip. It is pulled where it is missing. By
         * default the one that the environment variable {@code GRADIO_CONTAINER_BASE_IMAGE} names, or else
         * {@code python:3.12-slim}.
         *
         * @throws IllegalArgumentException when it is not the name of an image
         */
        public Builder gradioBaseImage(String image) {
            if (!image.matches("[a-z0-9][A-Za-z0-9._:/@-]*")) {
                throw new IllegalArgumentException("this is not the name of an image: " + image);
            }
            gradioBaseImage = image;
            return this;
        }

        /** What each container may use; {@link ContainerLimits#DEFAULT} by default. */
        public Builder containerLimits(ContainerLimits limits) {
            containerLimits = Objects.requireNonNull(limits, "container limits");
            return this;
        }

        /**
         * How long a build may take: pulling the base image, making a plugin's image, and the start of its page; 30
         * minutes by default. Then it has failed.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder buildTimeout(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("the build timeout must be positive, not " + limit);
            }
            buildTimeout = limit;
            return this;
        }

        /** The silence after which a reader of a log gets a heartbeat; positive, 10 s by default. */
        public Builder heartbeat(Duration silence) {
            if (silence.isNegative() || silence.isZero()) {
                throw new IllegalArgumentException("the heartbeat must be positive, not " + silence);
            }
            heartbeat = silence;
            return this;
        }

        /**
         * How many local jobs run at once, 0 for no limit; the others wait in the order of their submission. By default
         * what the policy in the data directory says: 3 until {@code updateRuntimePolicy} changes it.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder maxConcurrentJobs(int most) {
            if (most < 0) {
                throw new IllegalArgumentException(
                        "the number of concurrent jobs must not be negative, but is " + most);
            }
            maxConcurrentJobs = most;
            return this;
        }

        /**
         * Whether processes that a local job leaves running at its end are ended, TERM first and KILL after 3 s; the job
         * is over when they are gone. By default they go on, and the job's message says how many there were.
         */
        public Builder endLeftovers(boolean end) {
            endLeftovers = end;
            return this;
        }

        /**
         * Has the work done by a Ray cluster in place of this machine. The cluster need not be there yet: until it is,
         * calls are answered with status 503, and {@code health/} says why.
         *
         * @param url of its dashboard, for instance {@code http://127.0.0.1:8265}
         * @throws IllegalArgumentException when it is not such a URL, or holds a user name or password
         */
        public Builder rayAddress(String url) {
            try {
                RayClient.builder().baseUrl(url);
            } catch (BadRequestException e) {
                throw new IllegalArgumentException("the Ray address cannot be used: " + e.getMessage(), e);
            }
            rayAddress = url;
            return this;
        }

        /**
         * The token of a cluster that runs with {@code RAY_AUTH_MODE=token}; it is sent to that cluster only.
         *
         * @throws IllegalArgumentException when it is blank
         */
        public Builder rayToken(String secret) {
            if (secret.isBlank()) {
                throw new IllegalArgumentException("the token of the Ray cluster must not be blank");
            }
            rayToken = secret;
            return this;
        }

        private ContainerSettings containerSettings() {
            String fromEnvironment = System.getenv("GRADIO_CONTAINER_BASE_IMAGE");
            String usual = fromEnvironment == null || fromEnvironment.isBlank() ? BASE_IMAGE : fromEnvironment;
            return new ContainerSettings(
                    numeric(host),
                    gradioBaseImage == null ? usual : gradioBaseImage,
                    containerLimits,
                    START_TIMEOUT,
                    buildTimeout);
        }

        /** Docker takes no names. One that cannot be resolved is told of when the agent listens there. */
        private static String numeric(String host) {
            InetSocketAddress address = new InetSocketAddress(host, 0);
            return address.isUnresolved() ? host : address.getAddress().getHostAddress();
        }

        private Backend backend(Path directory, Jdbi database) throws IOException {
            return rayAddress == null
                    ? new MachineBackend(directory, database, JobOptions.of(maxConcurrentJobs, endLeftovers))
                    : new ClusterBackend(directory, database, rayAddress, rayToken);
        }

        /**
         * Starts the agent; it serves when this returns.
         *
         * @throws UncheckedIOException when the directory cannot be used
         * @throws IllegalStateException when the address is taken, or another agent uses the directory
         * @throws IllegalArgumentException when options for local jobs are given with a Ray cluster
         */
        public EmbeddedAgent start() {
            if (rayAddress != null && (maxConcurrentJobs != null || endLeftovers)) {
                throw new IllegalArgumentException(
                        "on a Ray cluster, Ray alone decides how many jobs run at once and what"
                                + " becomes of their processes");
            }
            try {
                return new EmbeddedAgent(this);
            } catch (IOException e) {
                throw new UncheckedIOException("the agent cannot use its data directory: " + e.getMessage(), e);
            }
        }
    }
}
