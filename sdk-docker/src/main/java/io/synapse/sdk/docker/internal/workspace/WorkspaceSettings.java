package io.synapse.sdk.docker.internal.workspace;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace behaves.
 *
 * @param roots the folders in which files may be
 * @param commandTimeout of a command that has none; zero for none
 * @param idleTimeout after which a workspace that is not used is closed; null for never
 * @param lease how long another machine waits for a sign of life before it removes the container
 */
public record WorkspaceSettings(
        List<String> roots,
        Duration commandTimeout,
        @Nullable Duration idleTimeout,
        Duration lease) {}
