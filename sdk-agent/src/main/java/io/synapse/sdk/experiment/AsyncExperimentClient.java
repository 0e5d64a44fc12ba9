package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncBaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.Resilience;
import java.util.function.UnaryOperator;

/**
 * An asynchronous client of a server of experiments: each call returns a future. The twin of {@link ExperimentClient}, created by
 * {@link ExperimentClient#async()}. Safe for use by any number of threads.
 */
public final class AsyncExperimentClient extends AsyncBaseClient
        implements AsyncProjectOperations,
                AsyncRunOperations,
                AsyncQueueOperations,
                AsyncConfigOperations,
                AsyncDeviceOperations,
                AsyncComponentOperations,
                AsyncNotificationOperations,
                AsyncAnalysisOperations,
                AsyncEventOperations,
                AsyncWorkerOperations {
    AsyncExperimentClient(ExperimentClient twin) {
        super(twin);
    }

    private AsyncExperimentClient(AsyncExperimentClient client, CallOptions options) {
        super(client, options);
    }

    /** A view of this client with other call options, as {@link ExperimentClient#withOptions}. */
    public AsyncExperimentClient withOptions(UnaryOperator<CallOptions> change) {
        return new AsyncExperimentClient(this, change.apply(CallOptions.NONE));
    }

    /** A view of this client whose calls pass these layers, as {@link ExperimentClient#with}. */
    public AsyncExperimentClient with(Resilience resilience) {
        return withOptions(options -> options.resilience(resilience));
    }

    /** The blocking twin, over the same connections; closing either closes both. */
    @Override
    public ExperimentClient sync() {
        return new ExperimentClient(this);
    }
}
