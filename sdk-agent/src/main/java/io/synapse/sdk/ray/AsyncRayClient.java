package io.synapse.sdk.ray;

import io.synapse.sdk.AsyncBaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.job.AsyncJobOperations;
import io.synapse.sdk.node.AsyncNodeOperations;
import io.synapse.sdk.serve.AsyncServeOperations;
import io.synapse.sdk.task.AsyncTaskOperations;
import java.util.function.UnaryOperator;

/**
 * An asynchronous client of a Ray cluster: each call returns a future. The twin of {@link RayClient}, created by
 * {@link RayClient#async()}. Safe for use by any number of threads.
 */
public final class AsyncRayClient extends AsyncBaseClient
        implements AsyncJobOperations,
                AsyncNodeOperations,
                AsyncTaskOperations,
                AsyncServeOperations,
                AsyncStateOperations,
                AsyncServeDeploymentOperations {
    AsyncRayClient(RayClient twin) {
        super(twin);
    }

    private AsyncRayClient(AsyncRayClient client, CallOptions options) {
        super(client, options);
    }

    /** A view of this client with other call options, as {@link RayClient#withOptions}. */
    public AsyncRayClient withOptions(UnaryOperator<CallOptions> change) {
        return new AsyncRayClient(this, change.apply(CallOptions.NONE));
    }

    /** A view of this client whose calls pass these layers, as {@link RayClient#with}. */
    public AsyncRayClient with(Resilience resilience) {
        return withOptions(options -> options.resilience(resilience));
    }

    /** The blocking twin, over the same connections; closing either closes both. */
    @Override
    public RayClient sync() {
        return new RayClient(this);
    }
}
