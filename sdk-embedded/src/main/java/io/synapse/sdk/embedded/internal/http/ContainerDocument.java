package io.synapse.sdk.embedded.internal.http;

import io.synapse.sdk.embedded.internal.container.BuildOutcome;
import io.synapse.sdk.embedded.internal.container.BuildRecord;
import io.synapse.sdk.embedded.internal.container.ContainerRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Containers and builds in the words of the agent's interface (wire/agent.md, section 6). */
final class ContainerDocument {
    private ContainerDocument() {}

    /**
     * A container.
     *
     * @param host how the caller reaches this agent: the page is at the same address
     */
    static Map<String, @Nullable Object> of(ContainerRecord container, @Nullable String host) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", container.id());
        document.put("container_id", container.containerId());
        document.put("status", container.status().word());
        document.put("name", container.containerName());
        document.put("image", container.image());
        document.put("endpoint", container.isRunning() ? endpoint(host, container.port()) : null);
        document.put("host_port", container.port());
        document.put("plugin_release", container.release());
        document.put("model", container.model());
        document.put("kind", "plugin_runtime");
        document.put("error", container.error());
        document.put("created_at", container.createdAt().toString());
        document.put("updated_at", container.updatedAt().toString());
        document.put("metadata", Map.of());
        document.put("labels", List.of());
        document.putAll(container.order().shown());
        return document;
    }

    /**
     * A build.
     *
     * @param made the container that it made; nothing, when it did not or that has been deleted
     */
    static Map<String, @Nullable Object> ofBuild(BuildRecord build, Optional<Map<String, @Nullable Object>> made) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", build.id());
        document.put("status", build.status().word());
        document.put(
                "result",
                made.map(container -> with(container, build.outcome())).orElse(null));
        document.put("error", build.error());
        document.put("created_at", build.createdAt().toString());
        return document;
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> container, @Nullable BuildOutcome outcome) {
        if (outcome != null) {
            container.put("restarted", outcome.restarted());
            container.put("rebuilt", outcome.rebuilt() != null);
            container.put("detail", outcome.rebuilt());
        }
        return container;
    }

    private static String endpoint(@Nullable String host, @Nullable Integer port) {
        String address = host == null ? "127.0.0.1" : host.replaceFirst(":\\d+$", "");
        return "http://" + address + ":" + port;
    }
}
