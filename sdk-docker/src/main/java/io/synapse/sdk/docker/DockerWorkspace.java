package io.synapse.sdk.docker;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.docker.internal.ContainerSpec;
import io.synapse.sdk.docker.internal.DockerEngine;
import io.synapse.sdk.docker.internal.workspace.ContainerWorkspace;
import io.synapse.sdk.docker.internal.workspace.WorkspaceContainer;
import io.synapse.sdk.docker.internal.workspace.WorkspaceContainers;
import io.synapse.sdk.docker.internal.workspace.WorkspaceSettings;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WorkspaceLostException;
import io.synapse.sdk.workspace.internal.Arguments;
import io.synapse.sdk.workspace.internal.InterruptibleCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens workspaces in containers of a Docker Engine.
 *
 * <p>The container has, unless told otherwise: no network; 2 GiB of memory and no swap; 512 processes; {@code /workspace} on
 * the disk, which is removed with it, {@code /tmp} in memory, and nothing else that can be written; an init process; no way
 * to gain privileges; and of Linux's capabilities those by which its root gives folders to agents, who have none.
 */
public final class DockerWorkspace {
    private DockerWorkspace() {}

    /** A workspace to be opened. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a workspace is to be like. Not thread-safe. */
    public static final class Builder {
        private static final Duration LEAST_LEASE = Duration.ofSeconds(10);

        private @Nullable String dockerHost;
        private @Nullable String reused;
        private String image = "python:3.12-slim";
        private ContainerLimits limits = ContainerLimits.DEFAULT;
        private Network network = Network.NONE;
        private long temporaryBytes = 64L << 20;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private List<String> folders = List.of(Workspace.ROOT);
        private Duration commandTimeout = Duration.ofSeconds(300);
        private @Nullable Duration idleTimeout;
        private Duration lease = Duration.ofMinutes(10);
        private Consumer<String> progress = text -> {};

        private Builder() {}

        /** The address of the engine: {@code unix:///var/run/docker.sock}; by default what {@code DOCKER_HOST} says. */
        public Builder dockerHost(String address) {
            dockerHost = address;
            return this;
        }

        /**
         * The image; {@code python:3.12-slim} by default. It is pulled where it is missing. It must have a POSIX shell and
         * the usual programs for files, as those of Debian and Alpine have.
         */
        public Builder image(String name) {
            image = requireText("image", name);
            return this;
        }

        /**
         * Uses a container that runs, in place of a new one; what is said of image, limits, network and environment has no
         * effect. Closing the workspace leaves it running.
         *
         * @param containerId its id or its name
         */
        public Builder reuse(String containerId) {
            reused = requireText("container", containerId);
            return this;
        }

        /** The memory in bytes, at least 6 MiB; 2 GiB by default. {@code /tmp} counts. */
        public Builder memoryBytes(long bytes) {
            limits = checked(() -> limits.memoryBytes(bytes));
            return this;
        }

        /** How many CPUs, in fractions too; 0, the default, for all of the machine. */
        public Builder cpus(double number) {
            limits = checked(() -> limits.cpus(number));
            return this;
        }

        /** How many processes and threads; 512 by default. Each agent has one or two of its own. */
        public Builder pids(long number) {
            limits = checked(() -> limits.pids(number));
            return this;
        }

        /** The network; {@link Network#NONE} by default. */
        public Builder network(Network policy) {
            network = policy;
            return this;
        }

        /** The size of {@code /tmp} in bytes; 64 MiB by default. */
        public Builder temporaryBytes(long bytes) {
            if (bytes < 1 << 16) {
                throw BadRequestException.refused("/tmp must have at least 64 KiB, not " + bytes + " bytes");
            }
            temporaryBytes = bytes;
            return this;
        }

        /** An environment variable of all commands. */
        public Builder environment(String name, String value) {
            Arguments.requireVariable(name, value);
            environment.put(name, value);
            return this;
        }

        /** A label of the container. */
        public Builder label(String name, String value) {
            labels.put(requireText("label", name), value);
            return this;
        }

        /** Another folder of the container in which agents may use files, beside {@code /workspace}. */
        public Builder allowFolder(String path) {
            if (!path.startsWith("/") || List.of(path.split("/")).contains("..") || path.indexOf('\0') >= 0) {
                throw BadRequestException.refused("this is no absolute path of a folder: " + path);
            }
            List<String> more = new ArrayList<>(folders);
            more.add(path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
            folders = List.copyOf(more);
            return this;
        }

        /** The time limit of commands that have none; 300 s by default, zero for none. */
        public Builder commandTimeout(Duration limit) {
            if (limit.isNegative()) {
                throw BadRequestException.refused("a time limit cannot be negative: " + limit);
            }
            commandTimeout = limit;
            return this;
        }

        /** Closes the workspace when no agent did anything for so long; never by default. A command that runs counts. */
        public Builder idleTimeout(Duration limit) {
            if (limit.compareTo(Duration.ofSeconds(1)) < 0) {
                throw BadRequestException.refused("the idle timeout must be at least 1 s, not " + limit);
            }
            idleTimeout = limit;
            return this;
        }

        /**
         * How long the container outlives a sign of life of this JVM, in the eyes of other machines on the same engine: the
         * next workspace that they open removes it then. On this machine it is removed as soon as this JVM is gone. At least
         * 10 s; 10 min by default.
         */
        public Builder lease(Duration time) {
            if (time.compareTo(LEAST_LEASE) < 0) {
                throw BadRequestException.refused("the lease must be at least 10 s, not " + time);
            }
            lease = time;
            return this;
        }

        /** Takes what the engine says while it pulls the image: parts of lines, or several. */
        public Builder onProgress(Consumer<String> receiver) {
            progress = receiver;
            return this;
        }

        /**
         * Opens the workspace, and removes the containers that workspaces of ended JVMs have left. When it fails, nothing of
         * it is left.
         *
         * @throws io.synapse.sdk.workspace.EngineUnavailableException when there is no engine
         * @throws io.synapse.sdk.workspace.WorkspaceException when the image cannot be had, has no shell, or the engine refuses
         * @throws CallCancelledException when the thread is interrupted
         */
        public Workspace open() {
            DockerEngine engine = new DockerEngine(dockerHost, "DockerWorkspace.builder().dockerHost()");
            boolean isOpen = false;
            try {
                Workspace workspace = open(engine, new WorkspaceContainers(engine));
                isOpen = true;
                return workspace;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CallCancelledException(Failure.of(499, "the thread was interrupted"), e);
            } finally {
                if (!isOpen) {
                    engine.close();
                }
            }
        }

        /**
         * As {@link #open}, in the background. The builder must not be changed until the future is done; cancelling it
         * undoes what was done.
         */
        public CompletableFuture<Workspace> openAsync() {
            return InterruptibleCall.start(this::open, "workspace-open");
        }

        private Workspace open(DockerEngine engine, WorkspaceContainers containers) throws InterruptedException {
            containers.removeAbandoned();
            WorkspaceSettings settings = new WorkspaceSettings(folders, commandTimeout, idleTimeout, lease);
            if (reused != null) {
                return setUp(new ContainerWorkspace(containers.find(reused), settings, null, engine::close));
            }
            containers.requireImage(image, progress::accept);
            WorkspaceContainer container = containers.create(spec(), lease);
            return setUp(new ContainerWorkspace(
                    container, settings, () -> containers.remove(container.id()), engine::close));
        }

        private Workspace setUp(ContainerWorkspace workspace) {
            boolean isReady = false;
            try {
                workspace.setUp();
                isReady = true;
                return workspace;
            } catch (WorkspaceLostException e) {
                throw reused != null
                        ? e
                        : new WorkspaceException(
                                Reason.UNSUPPORTED,
                                "a workspace needs a POSIX shell and the usual programs in its image; that of " + image
                                        + " cannot even wait: " + e.getMessage(),
                                e);
            } finally {
                if (!isReady) {
                    workspace.close();
                }
            }
        }

        /** It waits, and obeys SIGTERM thanks to the init process. */
        private ContainerSpec spec() {
            return new ContainerSpec(
                    image,
                    List.of("sleep", "2147483647"),
                    environment.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .toList(),
                    labels,
                    limits,
                    null,
                    new ContainerSpec.WritableFiles(network.name(), Workspace.ROOT, "/tmp", temporaryBytes));
        }

        private static ContainerLimits checked(Supplier<ContainerLimits> change) {
            try {
                return change.get();
            } catch (IllegalArgumentException e) {
                throw BadRequestException.refused(String.valueOf(e.getMessage()));
            }
        }

        private static String requireText(String name, String value) {
            if (value.isBlank()) {
                throw BadRequestException.refused("the " + name + " is empty");
            }
            return value;
        }
    }
}
