package io.synapse.sdk.workspace;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import io.synapse.sdk.workspace.internal.Arguments;
import io.synapse.sdk.workspace.internal.WorkspaceCalls;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace on an agent is to be like: see {@link WorkspaceOperations#openWorkspace}. What is not said is as the agent
 * has it. Immutable: each setter returns a modified copy, and throws a {@link BadRequestException} when a value is out of its
 * range.
 */
public final class WorkspaceRequest extends ValueObject {
    private static final Key<@Nullable String> IMAGE = Key.of("image");
    private static final Key<@Nullable Long> MEMORY = Key.of("memory_bytes");
    private static final Key<@Nullable Double> CPUS = Key.of("cpus");
    private static final Key<@Nullable Long> PIDS = Key.of("pids");
    private static final Key<@Nullable String> NETWORK = Key.of("network");
    private static final Key<@Nullable Long> TEMPORARY = Key.of("temporary_bytes");
    private static final Key<Map<String, String>> ENVIRONMENT = new Key<>("envs", Map.of());
    private static final Key<@Nullable Double> COMMAND_TIMEOUT = Key.of("command_timeout_seconds");
    private static final Key<@Nullable Double> IDLE_TIMEOUT = Key.of("idle_timeout_seconds");
    private static final Key<@Nullable Double> LEASE = Key.of("lease_seconds");
    private static final Key<Consumer<String>> PROGRESS = new Key<>("progress", text -> {});

    private WorkspaceRequest(Attributes attributes) {
        super(attributes);
        requireText("image", attributes.get(IMAGE));
        requireText("network", attributes.get(NETWORK));
        attributes.get(ENVIRONMENT).forEach(Arguments::requireVariable);
        Double cpus = attributes.get(CPUS);
        if (cpus != null && !(cpus >= 0 && cpus <= 1_000_000)) {
            throw BadRequestException.refused("the number of CPUs must be 0 to 1,000,000, not " + cpus);
        }
    }

    /** A workspace with the agent's defaults. */
    public static WorkspaceRequest defaults() {
        return new WorkspaceRequest(Attributes.NONE);
    }

    /**
     * The image, which must have a POSIX shell and the usual programs for files; {@code python:3.12-slim} by default. The
     * agent pulls it where it is missing.
     */
    public WorkspaceRequest image(String name) {
        return new WorkspaceRequest(attributes.with(IMAGE, name));
    }

    /** The memory in bytes, at least 6 MiB; by default, and at most, what the agent gives a container: 2 GiB. */
    public WorkspaceRequest memoryBytes(long bytes) {
        requireAtLeast("memory", bytes, 6L << 20, " bytes");
        return new WorkspaceRequest(attributes.with(MEMORY, bytes));
    }

    /** How many CPUs, in fractions too; by default, and at most, what the agent gives a container: all of its machine. */
    public WorkspaceRequest cpus(double number) {
        return new WorkspaceRequest(attributes.with(CPUS, number));
    }

    /** How many processes and threads; by default, and at most, what the agent gives a container: 512. */
    public WorkspaceRequest pids(long number) {
        requireAtLeast("number of processes", number, 1, "");
        return new WorkspaceRequest(attributes.with(PIDS, number));
    }

    /** The Docker network, such as {@code bridge}; none by default. */
    public WorkspaceRequest network(String name) {
        return new WorkspaceRequest(attributes.with(NETWORK, name));
    }

    /** The size of {@code /tmp} in bytes, at least 64 KiB; 64 MiB by default. */
    public WorkspaceRequest temporaryBytes(long bytes) {
        requireAtLeast("size of /tmp", bytes, 1 << 16, " bytes");
        return new WorkspaceRequest(attributes.with(TEMPORARY, bytes));
    }

    /** The environment variables of all commands. */
    public WorkspaceRequest environment(Map<String, String> variables) {
        return new WorkspaceRequest(attributes.with(ENVIRONMENT, variables));
    }

    /** The time limit of commands that have none; 300 s by default, zero for none. */
    public WorkspaceRequest commandTimeout(Duration limit) {
        return new WorkspaceRequest(attributes.with(COMMAND_TIMEOUT, seconds("time limit", limit, Duration.ZERO)));
    }

    /**
     * The agent closes the workspace when it was not asked for anything for so long, and no command runs: a client that has
     * gone leaves no container behind. At least 1 s; 1 h by default.
     */
    public WorkspaceRequest idleTimeout(Duration limit) {
        return new WorkspaceRequest(
                attributes.with(IDLE_TIMEOUT, seconds("idle timeout", limit, Duration.ofSeconds(1))));
    }

    /**
     * How long an operation goes on whose client does not ask for its result any more, because it has gone or cannot reach
     * the agent; then it is cancelled. Commands in the background go on. At least 1 s; 60 s by default.
     */
    public WorkspaceRequest lease(Duration time) {
        return new WorkspaceRequest(attributes.with(LEASE, seconds("lease", time, Duration.ofSeconds(1))));
    }

    /** Takes the last line that the engine says while it pulls the image, about once a second. */
    public WorkspaceRequest onProgress(Consumer<String> receiver) {
        return new WorkspaceRequest(attributes.with(PROGRESS, receiver));
    }

    /** Who takes the progress. */
    Consumer<String> progress() {
        return attributes.get(PROGRESS);
    }

    /** What is sent. */
    Map<String, @Nullable Object> description() {
        return attributes.without(PROGRESS).asMap();
    }

    private static void requireText(String name, @Nullable String value) {
        if (value != null && value.isBlank()) {
            throw BadRequestException.refused("the " + name + " is empty");
        }
    }

    private static void requireAtLeast(String name, long value, long least, String unit) {
        if (value < least) {
            throw BadRequestException.refused("the " + name + " must be at least " + least + unit + ", not " + value);
        }
    }

    private static double seconds(String name, Duration time, Duration least) {
        if (time.compareTo(least) < 0) {
            throw BadRequestException.refused(
                    "the " + name + " must be at least " + least.toSeconds() + " s, not " + time);
        }
        return WorkspaceCalls.seconds(time);
    }
}
