package io.synapse.sdk.agent;

import io.synapse.sdk.AsyncBaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.container.AsyncContainerOperations;
import io.synapse.sdk.job.AsyncJobOperations;
import io.synapse.sdk.node.AsyncNodeOperations;
import io.synapse.sdk.plugin.AsyncPluginOperations;
import io.synapse.sdk.resources.AsyncResourceOperations;
import io.synapse.sdk.serve.AsyncServeOperations;
import io.synapse.sdk.system.AsyncSystemOperations;
import io.synapse.sdk.task.AsyncTaskOperations;
import io.synapse.sdk.workspace.AsyncWorkspaceOperations;
import java.util.function.UnaryOperator;

/**
 * An asynchronous client of a Synapse agent: each call returns a future. The twin of {@link AgentClient}, created by
 * {@link AgentClient#async()}. Safe for use by any number of threads.
 */
public final class AsyncAgentClient extends AsyncBaseClient
        implements AsyncJobOperations,
                AsyncNodeOperations,
                AsyncTaskOperations,
                AsyncServeOperations,
                AsyncResourceOperations,
                AsyncContainerOperations,
                AsyncPluginOperations,
                AsyncSystemOperations,
                AsyncWorkspaceOperations {
    AsyncAgentClient(AgentClient twin) {
        super(twin);
    }

    private AsyncAgentClient(AsyncAgentClient client, CallOptions options) {
        super(client, options);
    }

    /** A view of this client with other call options, as {@link AgentClient#withOptions}. */
    public AsyncAgentClient withOptions(UnaryOperator<CallOptions> change) {
        return new AsyncAgentClient(this, change.apply(CallOptions.NONE));
    }

    /** A view of this client whose calls pass these layers, as {@link AgentClient#with}. */
    public AsyncAgentClient with(Resilience resilience) {
        return withOptions(options -> options.resilience(resilience));
    }

    /** The blocking twin, over the same connections; closing either closes both. */
    @Override
    public AgentClient sync() {
        return new AgentClient(this);
    }
}
