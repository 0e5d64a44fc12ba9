package io.synapse.sdk.ray;

import io.synapse.sdk.BaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.node.NodeOperations;
import io.synapse.sdk.ray.internal.RayDialect;
import io.synapse.sdk.serve.ServeOperations;
import io.synapse.sdk.task.TaskOperations;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A blocking client of a Ray cluster, through its dashboard. {@link #async()} returns its asynchronous twin.
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
 * <p>Safe for use by any number of threads; share one instance. A call that fails throws a
 * {@link io.synapse.sdk.ClientException}. Facts about Ray were observed with 2.58.0.
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

    /** A builder with default settings; the base URL must be set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client of the cluster configured in the environment: {@code RAY_API_SERVER_ADDRESS}, or {@code RAY_ADDRESS} if
     * that is not set. As in Ray's own client, the token is taken from {@code RAY_AUTH_TOKEN}, from the file that
     * {@code RAY_AUTH_TOKEN_PATH} names, or from {@code ~/.ray/auth_token}, in this order; there is no token if
     * {@code RAY_AUTH_MODE} is set to anything but {@code token}. {@code RAY_JOB_HEADERS} is a JSON object of
     * additional headers, in which {@code Authorization} replaces the token.
     *
     * @throws io.synapse.sdk.BadRequestException when there is no HTTP address of a cluster, the file that
     *     {@code RAY_AUTH_TOKEN_PATH} names has no token, or {@code RAY_JOB_HEADERS} is not a JSON object of headers
     */
    public static RayClient fromEnvironment() {
        return builder().fromEnvironment().build();
    }

    /**
     * A view of this client with other call options: {@code client.withOptions(o -> o.callTimeout(limit))}. It shares
     * the connections; closing either closes both.
     */
    public RayClient withOptions(UnaryOperator<CallOptions> change) {
        return new RayClient(this, change.apply(CallOptions.NONE));
    }

    /**
     * A view of this client whose calls pass these layers: circuit breakers, a budget of retries, fallbacks and so on. It
     * has their state, so create it once and share it. If this client is such a view, they take the place of its layers;
     * its deadline and retry policy remain where they set none. It shares the connections; closing either closes both.
     */
    public RayClient with(Resilience resilience) {
        return withOptions(options -> options.resilience(resilience));
    }

    /** The asynchronous twin, over the same connections; closing either closes both. */
    public AsyncRayClient async() {
        return new AsyncRayClient(this);
    }

    /** Builds clients of a Ray cluster. Not thread-safe. */
    public static final class Builder extends ClientBuilder<Builder> {
        private Builder() {}

        /**
         * Takes address, token and headers from the environment, as {@link RayClient#fromEnvironment()}. Later calls of
         * this builder replace these values.
         *
         * @throws io.synapse.sdk.BadRequestException when a value is missing or invalid; see the message
         */
        public Builder fromEnvironment() {
            return RayEnvironment.ofThisProcess().applyTo(this);
        }

        /**
         * The token of a cluster with {@code RAY_AUTH_MODE=token}; leading and trailing white space is removed.
         *
         * @throws io.synapse.sdk.BadRequestException when it is blank or has characters that a header cannot have; the
         *     message omits it
         */
        public Builder authToken(String token) {
            return token("Authorization", "Bearer ", token);
        }

        /**
         * The supplier of the cluster's token, called before the first request and again after a 401.
         *
         * @param supplier returns the token; called on the thread that sends; must be thread-safe
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
