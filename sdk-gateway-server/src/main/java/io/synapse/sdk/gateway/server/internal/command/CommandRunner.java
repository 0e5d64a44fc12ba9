package io.synapse.sdk.gateway.server.internal.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where commands run. */
interface CommandRunner {
    /** How many characters of an output are kept. */
    int MAX_OUTPUT = 4 << 20;

    /**
     * Runs a program to its end or to its time limit. When this returns or throws, none of its processes is left.
     *
     * @param arguments the program and its arguments
     * @param workingDir where it begins; null for the default
     * @param environment variables beside those that each command has
     * @param live gets the output and the error output as they come, as far as they are kept; null where nobody follows
     *     them
     * @throws io.synapse.sdk.gateway.server.internal.GatewayFailure when it cannot begin
     * @throws IOException when no process can be started
     */
    CommandOutcome run(
            List<String> arguments,
            @Nullable String workingDir,
            Map<String, String> environment,
            Duration timeout,
            @Nullable Consumer<String> live)
            throws IOException, InterruptedException;
}
