package io.synapse.sdk.embedded.internal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The Ray cluster that runs the jobs of a command, which has this as a mixin. */
public final class RayOptions {
    @Option(
            names = "--ray-address",
            paramLabel = "URL",
            description = "Dashboard of a Ray cluster, such as http://127.0.0.1:8265, that is to run the jobs."
                    + " By default they are processes of this machine.")
    private @Nullable String address;

    @Option(
            names = "--ray-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:RAY_AUTH_TOKEN}",
            showDefaultValue = Visibility.NEVER,
            description =
                    "Token of the Ray cluster, if it wants one. Better in the environment variable RAY_AUTH_TOKEN.")
    private @Nullable String token;

    /** Of its dashboard; empty when jobs run elsewhere. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /** What it wants to know. */
    public Optional<String> token() {
        return Optional.ofNullable(token);
    }
}
