package io.synapse.sdk.embedded.internal.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.util.List;
import java.util.Map;

/**
 * The raw Docker containers of this machine: all of them are shown, but only those of this agent can be changed. Safe
 * for use by several threads.
 */
public final class HostContainers {
    private final DockerContainers docker;
    private final Containers containers;

    HostContainers(DockerContainers docker, Containers containers) {
        this.docker = docker;
        this.containers = containers;
    }

    /** What Docker says about each container, running or not. */
    public List<Map<String, Object>> list() {
        return docker.all().stream().map(container -> container.getRawValues()).toList();
    }

    /** The whole of what Docker says about a container; refused with 404 when there is none. */
    public Map<String, Object> get(String id) {
        return inspect(id).getRawValues();
    }

    /** Starts a container; refused with 404 when there is none, with 403 when it is not of this agent. */
    public void start(String id) {
        docker.start(ours(id));
    }

    /** Stops a container; refused with 404 when there is none, with 403 when it is not of this agent. */
    public void stop(String id) {
        String container = ours(id);
        if (containers.isOnRecord(container)) {
            containers.stop(container); // so that its record says who stopped it
        } else {
            docker.stop(container);
        }
    }

    /** Stops and removes a container; refused with 404 when there is none, with 403 when it is not of this agent. */
    public void delete(String id) {
        docker.remove(ours(id));
    }

    private InspectContainerResponse inspect(String id) {
        return docker.inspect(id)
                .orElseThrow(
                        () -> new RefusedException(404, "there is no Docker container " + id + " on this machine"));
    }

    private String ours(String id) {
        InspectContainerResponse container = inspect(id);
        if (!docker.isOurs(container)) {
            throw new RefusedException(
                    403, "container " + id + " is not one that this agent started, and so not one that it changes");
        }
        return container.getId();
    }
}
