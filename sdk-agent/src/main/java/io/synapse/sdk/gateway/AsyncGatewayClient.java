package io.synapse.sdk.gateway;

import io.synapse.sdk.AsyncBaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.Resilience;
import java.util.function.UnaryOperator;

/**
 * An asynchronous client of an AI gateway: each call returns a future. The twin of {@link GatewayClient}, created by
 * {@link GatewayClient#async()}. Safe for use by any number of threads.
 */
public final class AsyncGatewayClient extends AsyncBaseClient implements AsyncGatewayOperations {
    AsyncGatewayClient(GatewayClient twin) {
        super(twin);
    }

    private AsyncGatewayClient(AsyncGatewayClient client, CallOptions options) {
        super(client, options);
    }

    /** A view of this client with other call options, as {@link GatewayClient#withOptions}. */
    public AsyncGatewayClient withOptions(UnaryOperator<CallOptions> change) {
        return new AsyncGatewayClient(this, change.apply(CallOptions.NONE));
    }

    /** A view of this client whose calls pass these layers, as {@link GatewayClient#with}. */
    public AsyncGatewayClient with(Resilience resilience) {
        return withOptions(options -> options.resilience(resilience));
    }

    /** The blocking twin, over the same connections; closing either closes both. */
    public GatewayClient sync() {
        return new GatewayClient(this);
    }
}
