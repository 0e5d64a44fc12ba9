package io.synapse.sdk.ray;

import io.synapse.sdk.BaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.node.NodeOperations;
import io.synapse.sdk.ray.internal.RayDialect;
import io.synapse.sdk.serve.ServeOperations;
import io.synapse.sdk.task.TaskOperations;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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

    private RayClient(RayClient client, CallOptions options) {
        super(client, options);
    }

    /** A builder with the defaults; the base URL has none. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client of the cluster that the environment names: {@code RAY_API_SERVER_ADDRESS}, or {@code RAY_ADDRESS} where
     * that is not set. As Ray's own client does, it takes the token from {@code RAY_AUTH_TOKEN}, from the file that
     * {@code RAY_AUTH_TOKEN_PATH} names, or from {@code ~/.ray/auth_token}, whichever of these is there first, and none
     * where {@code RAY_AUTH_MODE} is set to anything but {@code token}; and more headers from {@code RAY_JOB_HEADERS}, a
     * JSON object, in which {@code Authorization} takes the place of the token.
     *
     * @throws io.synapse.sdk.BadRequestException when no HTTP address of a cluster is named, the file that
     *     {@code RAY_AUTH_TOKEN_PATH} names has no token, or {@code RAY_JOB_HEADERS} is no JSON object of headers
     */
    public static RayClient fromEnvironment() {
        return builder().fromEnvironment().build();
    }

    /**
     * A view of this client whose calls have other options: {@code client.withOptions(o -> o.callTimeout(limit))}. It has
     * the same connections; closing either closes both.
     */
    public RayClient withOptions(UnaryOperator<CallOptions> change) {
        return new RayClient(this, change.apply(CallOptions.NONE));
    }

    /** The twin that does not block, over the same connections; closing either closes both. */
    public AsyncRayClient async() {
        return new AsyncRayClient(this);
    }

    /** Builds clients of a Ray cluster. Not thread-safe. */
    public static final class Builder extends ClientBuilder<Builder> {
        private Builder() {}

        /**
         * Takes address, token and headers from the environment, as {@link RayClient#fromEnvironment()} says.
         * Later calls of this builder replace what they set.
         *
         * @throws io.synapse.sdk.BadRequestException when something is missing there or cannot be used, saying what
         */
        public Builder fromEnvironment() {
            return RayEnvironment.ofThisProcess().applyTo(this);
        }

        /**
         * The token of a cluster that runs with {@code RAY_AUTH_MODE=token}, without white space around it.
         *
         * @throws io.synapse.sdk.BadRequestException when it is blank or has characters that a header cannot have; the
         *     message does not show it
         */
        public Builder authToken(String token) {
            return token("Authorization", "Bearer ", token);
        }

        /**
         * Where to get the cluster's token from: before the first request, and once more when the cluster answers 401.
         *
         * @param supplier gives the token; called on the thread that sends, must be safe for use by several threads
         */
        public Builder authToken(Supplier<String> supplier) {
            return token("Authorization", "Bearer ", supplier);
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
