package io.synapse.sdk.gateway;

import io.synapse.sdk.BaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.Resilience;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A blocking client of an AI gateway. {@link #async()} returns its asynchronous twin.
 *
 * <pre>{@code
 * try (GatewayClient client = GatewayClient.builder().baseUrl("http://127.0.0.1:8000").build()) {
 *     Plan plan = client.createPlan(PlanRequest.of("a todo app"));
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads; share one instance. A call that fails throws a
 * {@link io.synapse.sdk.ClientException}. Facts about the original were observed with its version of 2026-02-05.
 */
public final class GatewayClient extends BaseClient implements GatewayOperations {
    private GatewayClient(Builder builder) {
        super(builder, new GatewayErrors());
    }

    GatewayClient(AsyncGatewayClient twin) {
        super(twin);
    }

    private GatewayClient(GatewayClient client, CallOptions options) {
        super(client, options);
    }

    /** A builder with default settings; the base URL must be set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client of the gateway configured in the environment: {@code SYNAPSE_GATEWAY_URL}, and
     * {@code SYNAPSE_GATEWAY_TOKEN} if it has a token.
     *
     * @throws io.synapse.sdk.BadRequestException when the address is missing or invalid; see the message
     */
    public static GatewayClient fromEnvironment() {
        return builder().fromEnvironment().build();
    }

    /**
     * A view of this client with other call options: {@code client.withOptions(o -> o.callTimeout(limit))}. It shares
     * the connections; closing either closes both.
     */
    public GatewayClient withOptions(UnaryOperator<CallOptions> change) {
        return new GatewayClient(this, change.apply(CallOptions.NONE));
    }

    /**
     * A view of this client whose calls pass these layers: circuit breakers, a budget of retries, fallbacks and so on. It
     * has their state, so create it once and share it. If this client is such a view, they take the place of its layers;
     * its deadline and retry policy remain where they set none. It shares the connections; closing either closes both.
     */
    public GatewayClient with(Resilience resilience) {
        return withOptions(options -> options.resilience(resilience));
    }

    /** The asynchronous twin, over the same connections; closing either closes both. */
    public AsyncGatewayClient async() {
        return new AsyncGatewayClient(this);
    }

    /** Builds clients of a gateway. Not thread-safe. */
    public static final class Builder extends ClientBuilder<Builder> {
        /** The original closes a connection that was idle for 5 s (wire/gateway.md, section 1). */
        private static final Duration MAX_IDLE = Duration.ofSeconds(4);

        private Builder() {
            maxIdle(MAX_IDLE);
        }

        /**
         * Takes address and token from the environment, as {@link GatewayClient#fromEnvironment()}. Later calls of this
         * builder replace these values.
         *
         * @throws io.synapse.sdk.BadRequestException when a value is missing or invalid; see the message
         */
        public Builder fromEnvironment() {
            return GatewayEnvironment.applyTo(this, System.getenv());
        }

        /**
         * The gateway's token, sent as {@code Authorization: Bearer}; leading and trailing white space is removed. The
         * original has none.
         *
         * @throws io.synapse.sdk.BadRequestException when it is blank or has characters that a header cannot have; the
         *     message omits it
         */
        public Builder gatewayToken(String token) {
            return token("Authorization", "Bearer ", token);
        }

        /**
         * The supplier of the gateway's token, called before the first request and again after a 401.
         *
         * @param supplier returns the token; called on the thread that sends; must be thread-safe
         */
        public Builder gatewayToken(Supplier<String> supplier) {
            return token("Authorization", "Bearer ", supplier);
        }

        /**
         * The client.
         *
         * @throws io.synapse.sdk.BadRequestException when the base URL is missing
         */
        public GatewayClient build() {
            return new GatewayClient(this);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
