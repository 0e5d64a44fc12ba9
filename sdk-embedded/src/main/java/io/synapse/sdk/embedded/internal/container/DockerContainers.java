package io.synapse.sdk.embedded.internal.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import io.synapse.sdk.embedded.ContainerLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of one agent in its Docker Engine. Labels say which these are, and no other is ever changed. Safe for
 * use by several threads.
 */
final class DockerContainers {
    private static final Logger LOG = LoggerFactory.getLogger(DockerContainers.class);

    /** Whose container it is: the agent's identity. */
    static final String AGENT_LABEL = "io.synapse.agent";

    /** The number of its record; 0 for one without. */
    static final String RECORD_LABEL = "io.synapse.record";

    /** The release that it runs. */
    static final String RELEASE_LABEL = "io.synapse.plugin-release";

    /** Where the page is, within the container. */
    static final int PORT = 7860;

    private static final int STOP_SECONDS = 5;
    private static final int LOG_LINES = 20;
    private static final int LOG_SECONDS = 10;

    private final DockerEngine engine;
    private final String identity;
    private final ContainerSettings settings;

    DockerContainers(DockerEngine engine, String identity, ContainerSettings settings) {
        this.engine = engine;
        this.identity = identity;
        this.settings = settings;
    }

    /**
     * What to make a container of.
     *
     * @param record the number of its record, or 0
     * @param release the release that it runs
     * @param image its image
     * @param entrypoint the file that it runs
     * @param order its environment
     * @param port the port of this machine that leads to it
     */
    record Plan(
            long record,
            String release,
            Images.ReleaseImage image,
            String entrypoint,
            ContainerOrder order,
            int port) {}

    /** Refuses with 503, saying what to do, when there is no engine. */
    void requireEngine() {
        engine.require();
    }

    /** Makes a container, which does not run yet. */
    String create(Plan plan) {
        return engine.call(docker -> {
            CreateContainerCmd create = docker.createContainerCmd(plan.image().id())
                    .withCmd("python", plan.entrypoint())
                    .withEnv(environment(plan.order()))
                    .withExposedPorts(ExposedPort.tcp(PORT))
                    .withLabels(Map.of(
                            AGENT_LABEL, identity,
                            RECORD_LABEL, Long.toString(plan.record()),
                            RELEASE_LABEL, plan.release()))
                    .withHostConfig(hostConfig(plan.port()));
            return create.exec().getId();
        });
    }

    void start(String id) {
        try {
            engine.call(docker -> docker.startContainerCmd(id).exec());
        } catch (NotModifiedException e) {
            LOG.debug("container {} runs already", id);
        }
    }

    void stop(String id) {
        try {
            engine.call(docker ->
                    docker.stopContainerCmd(id).withTimeout(STOP_SECONDS).exec());
        } catch (NotModifiedException e) {
            LOG.debug("container {} does not run", id);
        }
    }

    void restart(String id) {
        engine.call(docker ->
                docker.restartContainerCmd(id).withTimeout(STOP_SECONDS).exec());
    }

    /** Stops and removes a container; nothing, where it is gone. */
    void remove(String id) {
        try {
            engine.call(docker -> docker.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec());
        } catch (NotFoundException e) {
            LOG.debug("container {} is gone already", id);
        } catch (ConflictException e) {
            LOG.debug("container {} is being removed by somebody else just now", id);
        }
    }

    Optional<InspectContainerResponse> inspect(String id) {
        try {
            return Optional.of(
                    engine.call(docker -> docker.inspectContainerCmd(id).exec()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** Whether a container runs. */
    boolean isRunning(String id) {
        return inspect(id)
                .map(found -> Boolean.TRUE.equals(found.getState().getRunning()))
                .orElse(false);
    }

    /** What Docker calls a container; its id, where it is gone. */
    String name(String id) {
        return inspect(id).map(found -> found.getName().replaceFirst("^/", "")).orElse(id);
    }

    /** How a container ended; nothing, while it runs. */
    static @Nullable String ending(InspectContainerResponse container) {
        InspectContainerResponse.ContainerState state = container.getState();
        if (Boolean.TRUE.equals(state.getRunning())) {
            return null;
        }
        return Boolean.TRUE.equals(state.getOOMKilled())
                ? "ran out of memory"
                : "ended with exit code " + state.getExitCodeLong();
    }

    /** The containers of this agent, running or not, by their Docker ids. */
    Map<String, Container> ours() {
        Map<String, Container> ours = new LinkedHashMap<>();
        for (Container container : engine.call(docker -> docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(AGENT_LABEL, identity))
                .exec())) {
            ours.put(container.getId(), container);
        }
        return ours;
    }

    /** All containers of this machine, running or not. */
    List<Container> all() {
        return engine.call(
                docker -> docker.listContainersCmd().withShowAll(true).exec());
    }

    /** Whether a container is this agent's. */
    boolean isOurs(InspectContainerResponse container) {
        Map<String, String> labels = container.getConfig().getLabels();
        return labels != null && identity.equals(labels.get(AGENT_LABEL));
    }

    /** The ports of this machine that running containers have, whoever started them. */
    Set<Integer> portsInUse() {
        Set<Integer> ports = new TreeSet<>();
        for (Container container : all()) {
            for (var port : container.getPorts()) {
                if (port.getPublicPort() != null) {
                    ports.add(port.getPublicPort());
                }
            }
        }
        return ports;
    }

    /** Why a container does not run, for people: how it ended, and what it wrote last. */
    String obituary(String id) {
        String how = inspect(id).map(DockerContainers::ending).orElse("is gone");
        return "the plugin " + how + "; its last lines:\n" + lastLines(id);
    }

    /** The last lines that a container wrote. */
    String lastLines(String id) {
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
                            .withTail(LOG_LINES)
                            .exec(frames))
                    .awaitCompletion(LOG_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // for the caller; what there is, is better than nothing
        } catch (DockerException e) {
            return "its log cannot be read: " + DockerEngine.words(e);
        } catch (IOException e) {
            LOG.debug("the log of container {} cannot be closed", id, e);
        }
        return text.toString().stripTrailing();
    }

    private static List<String> environment(ContainerOrder order) {
        List<String> environment = new ArrayList<>();
        order.envs().forEach((name, value) -> environment.add(name + "=" + value));
        environment.add("PLUGIN_PARAMS=" + order.params());
        return environment;
    }

    private HostConfig hostConfig(int port) {
        ContainerLimits limits = settings.limits();
        HostConfig config = HostConfig.newHostConfig()
                .withPortBindings(
                        new PortBinding(Binding.bindIpAndPort(settings.address(), port), ExposedPort.tcp(PORT)))
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes()) // as much with swap as without: none
                .withPidsLimit(limits.pids())
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"));
        if (limits.cpus() > 0) {
            config.withNanoCPUs(Math.round(limits.cpus() * 1e9));
        }
        return limits.network() == null ? config : config.withNetworkMode(limits.network());
    }
}
