package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster it is and what it runs. Immutable.
 *
 * @param version the version of the Jobs API, for instance {@code 4}
 * @param rayVersion the version of Ray, for instance {@code 2.58.0}
 * @param rayCommit the commit that Ray was built from
 * @param sessionName another one whenever the cluster is started: two answers with the same name are of one cluster that
 *     was not started anew in between; null from a server that does not say it
 * @param additionalProperties fields that this version does not know
 */
public record ClusterVersion(
        @Nullable String version,
        @Nullable String rayVersion,
        @Nullable String rayCommit,
        @Nullable String sessionName,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public ClusterVersion {
        additionalProperties = Copies.of(additionalProperties);
    }
}
