package io.synapse.sdk.ray;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.BaseClient;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.node.NodeOperations;
import io.synapse.sdk.ray.internal.RayDialect;
import io.synapse.sdk.serve.ServeOperations;
import io.synapse.sdk.task.TaskOperations;

/**
 * A client of a Ray cluster, through its dashboard. Blocking; {@link #async()} is its twin that does not block.
 *
 * <pre>{@code
 * try (RayClient client = RayClient.builder().baseUrl("http://127.0.0.1:8265").build()) {
 *     String id = client.submitJob(JobSubmission.of("python train.py"));
 *     try (LogStream log = client.tailJobLogs(id)) {
 *         for (String line : log) System.out.println(line);
 *     }
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads; make one and keep it. Every call throws a
 * {@link io.synapse.sdk.ClientException} when it fails. What was seen of Ray was seen on 2.58.0.
 */
public final class RayClient extends BaseClient
        implements JobOperations,
                NodeOperations,
                TaskOperations,
                ServeOperations,
                StateOperations,
                ServeDeploymentOperations {
    private RayClient(Builder builder) {
        super(builder, new RayDialect());
    }

    RayClient(AsyncRayClient twin) {
        super(twin);
    }

    /** A builder with the defaults; the base URL has none. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client of the cluster that the environment names: {@code RAY_API_SERVER_ADDRESS}, or {@code RAY_ADDRESS} where
     * that is not set, and {@code RAY_AUTH_TOKEN} if the cluster wants one.
     *
     * @throws io.synapse.sdk.BadRequestException when neither names the HTTP address of a cluster
     */
    public static RayClient fromEnvironment() {
        return RayEnvironment.ofThisProcess().builder().build();
    }

    /** The twin that does not block, over the same connections; closing either closes both. */
    public AsyncRayClient async() {
        return new AsyncRayClient(this);
    }

    /** Builds clients of a Ray cluster. Not thread-safe. */
    public static final class Builder extends ClientBuilder<Builder> {
        private Builder() {}

        /**
         * The token of a cluster that runs with {@code RAY_AUTH_MODE=token}.
         *
         * @throws io.synapse.sdk.BadRequestException when it is blank or has characters that a header cannot have; the
         *     message does not show it
         */
        public Builder authToken(String token) {
            if (token.isBlank()) {
                throw BadRequestException.refused("the token of the cluster is blank");
            }
            return header("Authorization", "Bearer " + token);
        }

        /**
         * The client.
         *
         * @throws io.synapse.sdk.BadRequestException when the base URL is missing
         */
        public RayClient build() {
            return new RayClient(this);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
