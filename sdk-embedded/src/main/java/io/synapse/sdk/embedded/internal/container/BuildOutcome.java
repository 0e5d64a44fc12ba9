package io.synapse.sdk.embedded.internal.container;

import org.jspecify.annotations.Nullable;

/**
 * What a build did to have its container run.
 *
 * @param containerId the Docker id of that container
 * @param restarted whether an existing container was started again
 * @param rebuilt why an existing container was replaced by a new one; null when it was not
 */
public record BuildOutcome(
        String containerId, boolean restarted, @Nullable String rebuilt) {}
