package io.synapse.sdk.docker.internal;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Docker Engine, which may come and go. Safe for use by several threads. */
public final class DockerEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);
    private static final String USUAL = "unix:///var/run/docker.sock";
    private static final String UNIX = "unix://";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);

    /** Longer than a container has for its end, and than a busy machine needs for anything else. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    /** For builds, which may be silent for as long as they like. */
    private static final Duration NO_TIMEOUT = Duration.ZERO;

    /** Every container that waits for the end of a call, such as the output of a build or of a command, holds a connection. */
    private static final int MAX_CONNECTIONS = 2_000;

    private final String address;
    private final String option;
    private final Map<Duration, DockerClient> clients = new HashMap<>();
    private final ExecutorService calls = Executors.newCachedThreadPool(DockerEngine::daemon);
    private volatile boolean closed;

    /**
     * An engine, which need not be there yet.
     *
     * @param address such as {@code unix:///var/run/docker.sock}; null for what {@code DOCKER_HOST} says, or else this
     * @param option how a user names another one beside {@code DOCKER_HOST}, for messages
     */
    public DockerEngine(@Nullable String address, String option) {
        String host = address == null ? System.getenv("DOCKER_HOST") : address;
        this.address = host == null || host.isBlank() ? USUAL : host;
        this.option = option;
    }

    /**
     * Checks that it answers.
     *
     * @throws EngineException when it does not, with what to do about it
     */
    public void require() {
        call(PING_TIMEOUT, docker -> docker.pingCmd().exec());
    }

    /**
     * Sends the engine a request. An interrupt does not break it off, which would leave open whether it has been done: the
     * thread is interrupted afterwards.
     *
     * @throws EngineException when it refuses, or cannot be reached
     */
    <T> T call(Function<DockerClient, T> request) {
        return call(CALL_TIMEOUT, request);
    }

    private <T> T call(Duration timeout, Function<DockerClient, T> request) {
        try {
            return Uninterrupted.call(calls, () -> request.apply(client(timeout)));
        } catch (RejectedExecutionException e) {
            throw failure(e); // closed
        } catch (ExecutionException e) {
            throw failure(
                    e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause()));
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "docker-engine");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Sends the engine a request that takes its time and gives output meanwhile, and waits for its end.
     *
     * @return what went wrong there; null when nothing did
     * @throws EngineException when it refuses, or cannot be reached
     */
    @Nullable
    String await(Consumer<DockerClient> request, EngineOutput<?> output) throws InterruptedException {
        stream(request);
        try {
            return output.awaitEnd();
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /**
     * Sends the engine a request whose answer is a stream, without a time limit.
     *
     * @throws EngineException when it cannot be reached
     */
    void stream(Consumer<DockerClient> request) {
        try {
            request.accept(client(NO_TIMEOUT));
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /** Closes the connections; requests that are under way, and later ones, fail as without an engine. */
    @Override
    public synchronized void close() {
        closed = true;
        calls.shutdown();
        clients.forEach((timeout, client) -> {
            try {
                client.close();
            } catch (IOException e) {
                LOG.debug("a connection to the Docker Engine cannot be closed", e);
            }
        });
        clients.clear();
    }

    /** The time limit belongs to a client, not to a call. */
    private synchronized DockerClient client(Duration timeout) {
        if (closed) {
            throw new IllegalStateException("the connection to the Docker Engine was closed");
        }
        requireSocket();
        return clients.computeIfAbsent(timeout, this::connect);
    }

    /** Of the engine's own version, since an old engine refuses newer ones, and a new engine older ones. */
    private DockerClient connect(Duration timeout) {
        DefaultDockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(address)
                .withApiVersion(RemoteApiVersion.UNKNOWN_VERSION)
                .build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(URI.create(address))
                        .sslConfig(config.getSSLConfig())
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .responseTimeout(timeout)
                        .maxConnections(MAX_CONNECTIONS)
                        .build());
    }

    /** The client would try several times, and log each. */
    private void requireSocket() {
        if (address.startsWith(UNIX) && !Files.exists(Path.of(address.substring(UNIX.length())))) {
            throw new UncheckedIOException(new NoSuchFileException("there is no such socket"));
        }
    }

    /** What the engine itself says has a status; what hides an I/O error, or a wrong address, has none. */
    private RuntimeException failure(RuntimeException failure) {
        if (closed) {
            return unavailable(failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DockerException refusal) {
                return EngineException.refused(refusal);
            }
            if (cause instanceof IOException || cause instanceof IllegalArgumentException) {
                return unavailable(failure);
            }
        }
        return failure;
    }

    private EngineException unavailable(RuntimeException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why =
                Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
        // what to do comes first: clients show 200 characters, and an address can be long
        String message = "containers need a Docker Engine: start one, or name one with DOCKER_HOST or " + option
                + "; there is none at " + address + " (" + why + ")";
        return EngineException.unavailable(message, failure);
    }
}
