package io.synapse.sdk.docker.internal;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.Volume;
import io.synapse.sdk.docker.ContainerLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The containers of a Docker Engine. Every method throws {@link EngineException}. Safe for use by several threads. */
public final class EngineContainers {
    private static final Logger LOG = LoggerFactory.getLogger(EngineContainers.class);

    /** How long a container has for its end before it is killed. */
    private static final int STOP_SECONDS = 5;

    private static final int LOG_SECONDS = 10;

    /** What root needs to give folders to others, with the setgid bit (wire/workspace.md, section 3). */
    private static final Capability[] SET_UP_CAPABILITIES = {
        Capability.CHOWN,
        Capability.DAC_OVERRIDE,
        Capability.FOWNER,
        Capability.FSETID,
        Capability.SETUID,
        Capability.SETGID,
        Capability.KILL
    };

    private final DockerEngine engine;

    /** The containers of this engine. */
    public EngineContainers(DockerEngine engine) {
        this.engine = engine;
    }

    /** Makes a container, which does not run yet; returns its Docker id. */
    public String create(ContainerSpec spec) {
        return engine.call(docker -> {
            CreateContainerCmd create = docker.createContainerCmd(spec.image())
                    .withCmd(spec.command())
                    .withEnv(spec.environment())
                    .withLabels(spec.labels())
                    .withHostConfig(hostConfig(spec));
            if (spec.port() != null) {
                create.withExposedPorts(ExposedPort.tcp(spec.port().container()));
            }
            if (spec.files() != null) {
                create.withUser("0:0") // whatever the image says: it makes folders for users
                        .withEntrypoint(spec.command().subList(0, 1))
                        .withCmd(spec.command().subList(1, spec.command().size()))
                        .withVolumes(new Volume(spec.files().volume()));
            }
            return create.exec().getId();
        });
    }

    private static HostConfig hostConfig(ContainerSpec spec) {
        ContainerLimits limits = spec.limits();
        HostConfig config = HostConfig.newHostConfig()
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes()) // as much with swap as without: none
                .withPidsLimit(limits.pids())
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"));
        if (limits.cpus() > 0) {
            config.withNanoCPUs(Math.round(limits.cpus() * 1e9));
        }
        if (limits.network() != null) {
            config.withNetworkMode(limits.network());
        }
        ContainerSpec.PublishedPort port = spec.port();
        if (port != null) {
            config.withPortBindings(new PortBinding(
                    Binding.bindIpAndPort(port.address(), port.host()), ExposedPort.tcp(port.container())));
        }
        ContainerSpec.WritableFiles files = spec.files();
        if (files != null) {
            config.withInit(true)
                    .withReadonlyRootfs(true)
                    .withNetworkMode(files.network())
                    .withTmpFs(Map.of(files.temporary(), "rw,nosuid,nodev,mode=1777,size=" + files.temporaryBytes()))
                    .withCapAdd(SET_UP_CAPABILITIES);
        }
        return config;
    }

    /** When a file of a container was last changed, whether it runs or not; empty where there is none. */
    public Optional<Instant> modifiedAt(String id, String path) {
        return engine.call(docker -> {
            try (TarArchiveInputStream archive = new TarArchiveInputStream(
                    docker.copyArchiveFromContainerCmd(id, path).exec())) {
                TarArchiveEntry entry = archive.getNextEntry();
                return Optional.ofNullable(entry)
                        .map(file -> file.getLastModifiedTime().toInstant());
            } catch (NotFoundException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Starts a container, unless it runs. */
    public void start(String id) {
        engine.call(docker -> {
            try {
                return docker.startContainerCmd(id).exec();
            } catch (NotModifiedException e) {
                LOG.debug("container {} runs already", id);
                return null;
            }
        });
    }

    /** Stops a container, if it runs. */
    public void stop(String id) {
        engine.call(docker -> {
            try {
                return docker.stopContainerCmd(id).withTimeout(STOP_SECONDS).exec();
            } catch (NotModifiedException e) {
                LOG.debug("container {} does not run", id);
                return null;
            }
        });
    }

    /** Stops a container, if it runs, and starts it. */
    public void restart(String id) {
        engine.call(docker ->
                docker.restartContainerCmd(id).withTimeout(STOP_SECONDS).exec());
    }

    /** Stops and removes a container with its volumes; does nothing where it is gone, or is being removed. */
    public void remove(String id) {
        engine.call(docker -> {
            try {
                return docker.removeContainerCmd(id)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException | ConflictException e) {
                LOG.debug("container {} is gone or is being removed", id);
                return null;
            }
        });
    }

    /** A container in detail; nothing, where there is none. */
    public Optional<EngineContainer.Details> inspect(String id) {
        return engine.call(docker -> {
            try {
                return Optional.of(EngineContainer.Details.of(
                        docker.inspectContainerCmd(id).exec()));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /** The containers with these labels, running or not; all, without labels. */
    public List<EngineContainer> list(Map<String, String> labels) {
        return engine
                .call(docker -> {
                    ListContainersCmd list = docker.listContainersCmd().withShowAll(true);
                    return (labels.isEmpty() ? list : list.withLabelFilter(labels)).exec();
                })
                .stream()
                .map(EngineContainer::of)
                .toList();
    }

    /** The last lines that a container wrote; some of them, when that takes long. */
    public String lastLines(String id, int lines) {
        StringBuffer text = new StringBuffer();
        ResultCallback.Adapter<Frame> frames = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
            }
        };
        try (frames) {
            engine.call(docker -> docker.logContainerCmd(id)
                            .withStdOut(true)
                            .withStdErr(true)
                            .withTail(lines)
                            .exec(frames))
                    .awaitCompletion(LOG_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // for the caller; what there is, is better than nothing
        } catch (DockerException e) {
            throw EngineException.refused(e);
        } catch (IOException e) {
            LOG.debug("the log of container {} cannot be closed", id, e);
        }
        return text.toString().stripTrailing();
    }
}
