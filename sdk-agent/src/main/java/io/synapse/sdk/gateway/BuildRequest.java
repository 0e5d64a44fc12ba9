package io.synapse.sdk.gateway;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A project to be built. Immutable: each setter returns a modified copy. */
public final class BuildRequest extends GatewayRequest {
    private static final Key<String> PROJECT_DIR = new Key<>("project_dir", "");
    private static final Key<@Nullable String> BUILD_COMMAND = Key.of("build_command");
    private static final Key<Map<String, String>> ENVIRONMENT = new Key<>("environment", Map.of());

    private BuildRequest(Attributes attributes) {
        super(attributes);
        if (projectDir().isBlank()) {
            throw BadRequestException.refused("the folder of the project cannot be blank");
        }
    }

    /**
     * A request to build the project in this folder.
     *
     * @param projectDir a folder on the service's machine
     * @throws BadRequestException when it is blank
     */
    public static BuildRequest of(String projectDir) {
        return new BuildRequest(Attributes.NONE.with(PROJECT_DIR, Objects.requireNonNull(projectDir, "projectDir")));
    }

    /** The folder of the project. */
    public String projectDir() {
        return attributes.get(PROJECT_DIR);
    }

    /** The command; null for the server's choice. */
    public @Nullable String buildCommand() {
        return attributes.get(BUILD_COMMAND);
    }

    /** Sets the command. */
    public BuildRequest buildCommand(String buildCommand) {
        return new BuildRequest(attributes.with(BUILD_COMMAND, buildCommand));
    }

    /** The environment variables; empty by default. */
    public Map<String, String> environment() {
        return attributes.get(ENVIRONMENT);
    }

    /** Sets environment variables of the command. */
    public BuildRequest environment(Map<String, String> environment) {
        return new BuildRequest(attributes.with(ENVIRONMENT, Map.copyOf(environment)));
    }
}
