package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.docker.internal.EngineContainer;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.util.List;
import java.util.Map;

/**
 * The raw Docker containers of this machine: all of them are shown, but only those of this agent can be changed. Safe
 * for use by several threads.
 */
public final class MachineContainers {
    private final AgentContainers ours;
    private final Containers containers;

    MachineContainers(AgentContainers ours, Containers containers) {
        this.ours = ours;
        this.containers = containers;
    }

    /** What Docker says about each container, running or not. */
    public List<Map<String, Object>> list() {
        return ours.engine().list(Map.of()).stream().map(EngineContainer::raw).toList();
    }

    /** The whole of what Docker says about a container; refused with 404 when there is none. */
    public Map<String, Object> get(String id) {
        return inspect(id).raw();
    }

    /** Starts a container; refused with 404 when there is none, with 403 when it is not of this agent. */
    public void start(String id) {
        ours.engine().start(ours(id));
    }

    /** Stops a container; refused with 404 when there is none, with 403 when it is not of this agent. */
    public void stop(String id) {
        String container = ours(id);
        if (containers.isOnRecord(container)) {
            containers.stop(container); // so that its record says who stopped it
        } else {
            ours.engine().stop(container);
        }
    }

    /** Stops and removes a container; refused with 404 when there is none, with 403 when it is not of this agent. */
    public void delete(String id) {
        ours.engine().remove(ours(id));
    }

    private EngineContainer.Details inspect(String id) {
        return ours.engine()
                .inspect(id)
                .orElseThrow(
                        () -> new RefusedException(404, "there is no Docker container " + id + " on this machine"));
    }

    private String ours(String id) {
        EngineContainer.Details container = inspect(id);
        if (!ours.isOurs(container)) {
            throw new RefusedException(
                    403, "container " + id + " is not one that this agent started, and so not one that it changes");
        }
        return container.id();
    }
}
