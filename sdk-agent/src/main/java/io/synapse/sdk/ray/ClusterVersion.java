package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions and the session of a cluster. Immutable.
 *
 * @param version the version of the Jobs API, for instance {@code 4}
 * @param rayVersion the version of Ray, for instance {@code 2.58.0}
 * @param rayCommit the commit that Ray was built from
 * @param sessionName the session name, which changes whenever the cluster is started: two responses with the same name
 *     are from a cluster that was not restarted in between; null if the server does not send it
 * @param additionalProperties fields unknown to this version
 */
public record ClusterVersion(
        @Nullable String version,
        @Nullable String rayVersion,
        @Nullable String rayCommit,
        @Nullable String sessionName,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ClusterVersion {
        additionalProperties = Copies.of(additionalProperties);
    }
}
