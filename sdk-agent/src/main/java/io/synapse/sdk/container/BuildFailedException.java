package io.synapse.sdk.container;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.internal.http.Failures;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The image of a container could not be built, or its build was cancelled (500). The message has the last line of the
 * build's output, {@link #detail()} the agent's complete error, and {@link ContainerOperations#getBuildLogs} the
 * complete output, if the agent stores it.
 */
public final class BuildFailedException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final Build build;

    /** An exception for a build that ended without a container. */
    public BuildFailedException(Build build) {
        super(Failure.of(500, message(build)).detail(build.error() == null ? build.logTail() : build.error()));
        this.build = build;
    }

    /** The build with its final status. */
    public Build build() {
        return build;
    }

    private static String message(Build build) {
        String ended = "build " + build.id() + (isCancelled(build) ? " was cancelled" : " failed");
        String reason = lastLine(build.logTail());
        reason = reason == null ? lastLine(build.error()) : reason;
        if (reason == null) {
            return isCancelled(build) ? ended : ended + ": no reason given";
        }
        return ended + ": " + Failures.oneLine(reason);
    }

    private static boolean isCancelled(Build build) {
        return build.status().equals(BuildStatus.CANCELLED);
    }

    private static @Nullable String lastLine(@Nullable String text) {
        return Objects.requireNonNullElse(text, "")
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((before, last) -> last)
                .orElse(null);
    }
}
