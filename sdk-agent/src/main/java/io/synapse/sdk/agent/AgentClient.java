package io.synapse.sdk.agent;

import io.synapse.sdk.BaseClient;
import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.agent.internal.AgentDialect;
import io.synapse.sdk.container.ContainerOperations;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.node.NodeOperations;
import io.synapse.sdk.plugin.PluginOperations;
import io.synapse.sdk.resources.ResourceOperations;
import io.synapse.sdk.serve.ServeOperations;
import io.synapse.sdk.system.SystemOperations;
import io.synapse.sdk.task.TaskOperations;
import io.synapse.sdk.workspace.WorkspaceOperations;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A blocking client of a Synapse agent. {@link #async()} returns its asynchronous twin.
 *
 * <pre>{@code
 * try (AgentClient client = AgentClient.builder().baseUrl("http://agent:8000").agentToken(token).build()) {
 *     String id = client.submitJob(JobSubmission.of("python train.py"));
 *     try (LogStream log = client.tailJobLogs(id)) {
 *         for (String line : log) System.out.println(line);
 *     }
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads; share one instance. A call that fails throws a
 * {@link io.synapse.sdk.ClientException}.
 */
public final class AgentClient extends BaseClient
        implements JobOperations,
                NodeOperations,
                TaskOperations,
                ServeOperations,
                ResourceOperations,
                ContainerOperations,
                PluginOperations,
                SystemOperations,
                WorkspaceOperations {
    private AgentClient(Builder builder) {
        super(builder, new AgentDialect());
    }

    AgentClient(AsyncAgentClient twin) {
        super(twin);
    }

    private AgentClient(AgentClient client, CallOptions options) {
        super(client, options);
    }

    /** A builder with default settings; the base URL must be set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client of the agent configured in the environment: {@code SYNAPSE_AGENT_URL}, {@code SYNAPSE_AGENT_TOKEN},
     * {@code SYNAPSE_PLUGIN_RUN_USER_TOKEN}, {@code SYNAPSE_PLUGIN_RUN_TENANT}. Missing values are taken from the agent
     * in {@code ~/.synapse/config.json}.
     *
     * @throws io.synapse.sdk.BadRequestException when address or token is missing; see the message
     */
    public static AgentClient fromEnvironment() {
        return builder().fromEnvironment().build();
    }

    /**
     * A view of this client with other call options: {@code client.withOptions(o -> o.callTimeout(limit))}. It shares
     * the connections; closing either closes both.
     */
    public AgentClient withOptions(UnaryOperator<CallOptions> change) {
        return new AgentClient(this, change.apply(CallOptions.NONE));
    }

    /**
     * A view of this client whose calls pass these layers: circuit breakers, a budget of retries, fallbacks and so on. It
     * has their state, so create it once and share it. If this client is such a view, they take the place of its layers;
     * its deadline and retry policy remain where they set none. It shares the connections; closing either closes both.
     */
    public AgentClient with(Resilience resilience) {
        return withOptions(options -> options.resilience(resilience));
    }

    /** The asynchronous twin, over the same connections; closing either closes both. */
    public AsyncAgentClient async() {
        return new AsyncAgentClient(this);
    }

    /** Builds clients of an agent. Not thread-safe. */
    public static final class Builder extends ClientBuilder<Builder> {
        private Builder() {}

        /**
         * Takes address, tokens and tenant from the environment, as {@link AgentClient#fromEnvironment()}. Later calls
         * of this builder replace these values.
         *
         * @throws io.synapse.sdk.BadRequestException when a value is missing or invalid; see the message
         */
        public Builder fromEnvironment() {
            return AgentEnvironment.ofThisProcess().applyTo(this);
        }

        /**
         * The agent's token, sent without a scheme; leading and trailing white space is removed.
         *
         * @throws io.synapse.sdk.BadRequestException when it is blank or has characters that a header cannot have; the
         *     message omits it
         */
        public Builder agentToken(String token) {
            return token("Authorization", "", token);
        }

        /**
         * The supplier of the agent's token, called before the first request and again after a 401.
         *
         * @param supplier returns the token; called on the thread that sends; must be thread-safe
         */
        public Builder agentToken(Supplier<String> supplier) {
            return token("Authorization", "", supplier);
        }

        /**
         * The token of the user on whose behalf calls are made; leading and trailing white space is removed.
         *
         * @throws io.synapse.sdk.BadRequestException as of {@link #agentToken}
         */
        public Builder userToken(String token) {
            return token("SYNAPSE-User", "Token ", token);
        }

        /**
         * The tenant on whose behalf calls are made; leading and trailing white space is removed.
         *
         * @throws io.synapse.sdk.BadRequestException as of {@link #agentToken}
         */
        public Builder tenant(String tenant) {
            return token("SYNAPSE-Tenant", "Token ", tenant);
        }

        /**
         * The client.
         *
         * @throws io.synapse.sdk.BadRequestException when the base URL is missing
         */
        public AgentClient build() {
            return new AgentClient(this);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
