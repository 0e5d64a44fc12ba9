package io.synapse.sdk.docker.internal;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A container as a list of the engine shows it.
 *
 * @param id its Docker id
 * @param isAlive whether its process is there
 * @param labels its labels
 * @param publishedPorts the ports of this machine that lead to it
 * @param raw all that the engine says about it
 */
public record EngineContainer(
        String id, boolean isAlive, Map<String, String> labels, List<Integer> publishedPorts, Map<String, Object> raw) {
    /** Docker's words for a container whose process is there. */
    private static final List<String> ALIVE = List.of("running", "paused", "restarting");

    static EngineContainer of(Container container) {
        return new EngineContainer(
                container.getId(),
                ALIVE.contains(container.getState()),
                Objects.requireNonNullElse(container.getLabels(), Map.of()),
                Stream.of(container.getPorts())
                        .map(ContainerPort::getPublicPort)
                        .filter(Objects::nonNull)
                        .toList(),
                container.getRawValues());
    }

    /**
     * A container in detail.
     *
     * @param id its whole Docker id
     * @param name its name
     * @param labels its labels
     * @param ending how it ended; null while it runs
     * @param raw all that the engine says about it
     */
    public record Details(
            String id,
            String name,
            Map<String, String> labels,
            @Nullable String ending,
            Map<String, Object> raw) {
        static Details of(InspectContainerResponse container) {
            return new Details(
                    container.getId(),
                    container.getName().replaceFirst("^/", ""),
                    Objects.requireNonNullElse(container.getConfig().getLabels(), Map.of()),
                    ending(container.getState()),
                    container.getRawValues());
        }

        /** Whether its process is there. */
        public boolean isRunning() {
            return ending == null;
        }

        private static @Nullable String ending(InspectContainerResponse.ContainerState state) {
            if (Boolean.TRUE.equals(state.getRunning())) {
                return null;
            }
            return Boolean.TRUE.equals(state.getOOMKilled())
                    ? "ran out of memory"
                    : "ended with exit code " + state.getExitCodeLong();
        }
    }
}
