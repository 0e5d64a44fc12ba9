package io.synapse.sdk.embedded.internal.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.docker.ContainerLimits;
import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.docker.Network;
import io.synapse.sdk.embedded.internal.backend.Fields;
import java.time.Duration;
import java.util.Set;

/**
 * What a client wants of a workspace (wire/agent.md, section 7).
 *
 * @param builder has what it sets
 * @param idleTimeout after which the workspace is closed
 * @param lease how long an operation goes on that nobody waits for
 */
public record WorkspaceDescription(DockerWorkspace.Builder builder, Duration idleTimeout, Duration lease) {
    private static final Set<String> FIELDS = Set.of(
            "image",
            "memory_bytes",
            "cpus",
            "pids",
            "network",
            "temporary_bytes",
            "envs",
            "command_timeout_seconds",
            "idle_timeout_seconds",
            "lease_seconds");
    private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofSeconds(60);

    /**
     * Reads a request.
     *
     * @param limits what a container gets, and may have at most
     * @throws io.synapse.sdk.embedded.internal.backend.RefusedException when it asks for what it cannot have
     * @throws io.synapse.sdk.BadRequestException likewise
     */
    public static WorkspaceDescription parse(JsonNode body, ContainerLimits limits) {
        Fields fields = Fields.of(body, "the description of a workspace");
        fields.requireOnly(FIELDS);
        Duration idleTimeout = seconds(fields, "idle_timeout_seconds", IDLE_TIMEOUT);
        Duration lease = seconds(fields, "lease_seconds", LEASE);
        Fields.require(idleTimeout.toSeconds() >= 1, "idle_timeout_seconds must be at least 1");
        Fields.require(lease.toSeconds() >= 1, "lease_seconds must be at least 1");
        ContainerLimits wanted = wanted(fields, limits);
        return new WorkspaceDescription(configure(DockerWorkspace.builder(), fields, wanted), idleTimeout, lease);
    }

    private static ContainerLimits wanted(Fields fields, ContainerLimits limits) {
        long memory = fields.wholeNumber("memory_bytes", 6L << 20, limits.memoryBytes());
        long pids = fields.wholeNumber("pids", 1, limits.pids());
        double cpus = fields.value("cpus") == null ? limits.cpus() : fields.number("cpus");
        requireAtMost("memory_bytes", memory, limits.memoryBytes());
        requireAtMost("pids", pids, limits.pids());
        if (limits.cpus() > 0) {
            Fields.require(
                    cpus > 0 && cpus <= limits.cpus(), "cpus must be at most " + limits.cpus() + " on this agent");
        }
        return limits.memoryBytes(memory).pids(pids).cpus(cpus);
    }

    private static void requireAtMost(String field, long value, long most) {
        Fields.require(value <= most, field + " must be at most " + most + " on this agent");
    }

    private static DockerWorkspace.Builder configure(
            DockerWorkspace.Builder builder, Fields fields, ContainerLimits limits) {
        builder.memoryBytes(limits.memoryBytes()).pids(limits.pids()).cpus(limits.cpus());
        String image = fields.textNotBlank("image");
        String network = fields.textNotBlank("network");
        if (image != null) {
            builder.image(image);
        }
        if (network != null) {
            builder.network(Network.named(network));
        }
        if (fields.value("temporary_bytes") != null) {
            builder.temporaryBytes(fields.wholeNumber("temporary_bytes"));
        }
        if (fields.value("command_timeout_seconds") != null) {
            builder.commandTimeout(seconds(fields, "command_timeout_seconds", Duration.ZERO));
        }
        fields.texts("envs").forEach(builder::environment);
        return builder;
    }

    private static Duration seconds(Fields fields, String field, Duration usual) {
        return fields.value(field) == null ? usual : Duration.ofNanos((long) (fields.number(field) * 1e9));
    }
}
