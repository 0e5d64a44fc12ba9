package io.synapse.sdk.gateway.server.internal.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command to be run.
 *
 * @param command the line, as the original's clients send it
 * @param arguments the program and its arguments, which count more than the line; empty for those of the line
 * @param workingDir where it begins; null for the default
 * @param environment variables beside those that each command has
 * @param timeout its time limit; negative: it is over at once
 */
public record CommandOrder(
        String command,
        List<String> arguments,
        @Nullable String workingDir,
        Map<String, String> environment,
        Duration timeout) {
    /** Copies the lists. */
    public CommandOrder {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}
