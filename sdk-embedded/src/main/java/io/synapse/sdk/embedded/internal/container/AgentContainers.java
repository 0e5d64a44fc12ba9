package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.docker.internal.ContainerSpec;
import io.synapse.sdk.docker.internal.ContainerSpec.PublishedPort;
import io.synapse.sdk.docker.internal.DockerEngine;
import io.synapse.sdk.docker.internal.EngineContainer;
import io.synapse.sdk.docker.internal.EngineContainers;
import io.synapse.sdk.docker.internal.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The containers of one agent in its Docker Engine. Labels say which these are, and no other is ever changed. Safe for
 * use by several threads.
 */
final class AgentContainers {
    /** Whose container it is: the agent's identity. */
    static final String AGENT_LABEL = "io.synapse.agent";

    /** The number of its record; 0 for one without. */
    static final String RECORD_LABEL = "io.synapse.record";

    /** The release that it runs. */
    static final String RELEASE_LABEL = "io.synapse.plugin-release";

    /** Where the page is, within the container. */
    static final int PORT = 7860;

    private static final int LOG_LINES = 20;

    private final DockerEngine connection;
    private final EngineContainers engine;
    private final String identity;
    private final ContainerSettings settings;

    AgentContainers(DockerEngine connection, String identity, ContainerSettings settings) {
        this.connection = connection;
        this.engine = new EngineContainers(connection);
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

    /**
     * Checks that there is an engine.
     *
     * @throws EngineException when there is none
     */
    void requireEngine() {
        connection.require();
    }

    /** Each container of the engine, whoever made it. */
    EngineContainers engine() {
        return engine;
    }

    /** Makes a container, which does not run yet. */
    String create(Plan plan) {
        return engine.create(new ContainerSpec(
                plan.image().id(),
                List.of("python", plan.entrypoint()),
                environment(plan.order()),
                Map.of(
                        AGENT_LABEL, identity,
                        RECORD_LABEL, Long.toString(plan.record()),
                        RELEASE_LABEL, plan.release()),
                settings.limits(),
                new PublishedPort(settings.address(), plan.port(), PORT),
                null));
    }

    /** Whether a container runs. */
    boolean isRunning(String id) {
        return engine.inspect(id).map(EngineContainer.Details::isRunning).orElse(false);
    }

    /** What Docker calls a container; its id, where it is gone. */
    String name(String id) {
        return engine.inspect(id).map(EngineContainer.Details::name).orElse(id);
    }

    /** The containers of this agent, running or not. */
    List<EngineContainer> ours() {
        return engine.list(Map.of(AGENT_LABEL, identity));
    }

    /** Whether a container is this agent's. */
    boolean isOurs(EngineContainer.Details container) {
        return identity.equals(container.labels().get(AGENT_LABEL));
    }

    /** The ports of this machine that running containers have, whoever started them. */
    Set<Integer> portsInUse() {
        Set<Integer> ports = new TreeSet<>();
        engine.list(Map.of()).forEach(container -> ports.addAll(container.publishedPorts()));
        return ports;
    }

    /** Why a container does not run, for people: how it ended, and what it wrote last. */
    String obituary(String id) {
        String how = engine.inspect(id).map(EngineContainer.Details::ending).orElse("is gone");
        return "the plugin " + how + "; its last lines:\n" + lastLines(id);
    }

    /** The last lines that a container wrote. */
    String lastLines(String id) {
        try {
            return engine.lastLines(id, LOG_LINES);
        } catch (EngineException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    private static List<String> environment(ContainerOrder order) {
        List<String> environment = new ArrayList<>();
        order.envs().forEach((name, value) -> environment.add(name + "=" + value));
        environment.add("PLUGIN_PARAMS=" + order.params());
        return environment;
    }
}
