package io.synapse.sdk.gateway.server.internal.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where commands run. */
interface CommandRunner {
    /** How many characters of an output are kept. */
    int MAX_OUTPUT = 4 << 20;

    /** Takes output as it comes. */
    @FunctionalInterface
    interface Output {
        /** Takes the next part of the output, or of the error output. */
        void write(String text) throws InterruptedException;
    }

    /**
     * Runs a program to its end or to its time limit. When this returns or throws, none of its processes is left.
     *
     * @param arguments the program and its arguments
     * @param workingDir where it begins; null for the default
     * @param environment variables beside those that each command has
     * @param live gets the output as it comes
     * @throws io.synapse.sdk.gateway.server.internal.GatewayFailure when it cannot begin
     * @throws IOException when no process can be started
     */
    CommandOutcome run(
            List<String> arguments,
            @Nullable String workingDir,
            Map<String, String> environment,
            Duration timeout,
            Output live)
            throws IOException, InterruptedException;
}
