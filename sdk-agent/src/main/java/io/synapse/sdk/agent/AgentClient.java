package io.synapse.sdk.agent;

import io.synapse.sdk.BaseClient;
import io.synapse.sdk.ClientBuilder;
import io.synapse.sdk.agent.internal.AgentDialect;
import io.synapse.sdk.container.ContainerOperations;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.node.NodeOperations;
import io.synapse.sdk.plugin.PluginOperations;
import io.synapse.sdk.resources.ResourceOperations;
import io.synapse.sdk.serve.ServeOperations;
import io.synapse.sdk.system.SystemOperations;
import io.synapse.sdk.task.TaskOperations;

/**
 * A client of a Synapse agent. Blocking; {@link #async()} is its twin that does not block.
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
 * <p>Safe for use by any number of threads; make one and keep it. Every call throws a
 * {@link io.synapse.sdk.ClientException} when it fails.
 */
public final class AgentClient extends BaseClient
        implements JobOperations,
                NodeOperations,
                TaskOperations,
                ServeOperations,
                ResourceOperations,
                ContainerOperations,
                PluginOperations,
                SystemOperations {
    private AgentClient(Builder builder) {
        super(builder, new AgentDialect());
    }

    AgentClient(AsyncAgentClient twin) {
        super(twin);
    }

    /** A builder with the defaults; the base URL has none. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client of the agent that the environment names: {@code SYNAPSE_AGENT_URL}, {@code SYNAPSE_AGENT_TOKEN},
     * {@code SYNAPSE_PLUGIN_RUN_USER_TOKEN}, {@code SYNAPSE_PLUGIN_RUN_TENANT}; what is not there is taken from the
     * agent chosen in {@code ~/.synapse/config.json}.
     *
     * @throws io.synapse.sdk.BadRequestException when neither names an agent, saying what is missing
     */
    public static AgentClient fromEnvironment() {
        return AgentEnvironment.ofThisProcess().builder().build();
    }

    /** The twin that does not block, over the same connections; closing either closes both. */
    public AsyncAgentClient async() {
        return new AsyncAgentClient(this);
    }

    /** Builds clients of an agent. Not thread-safe. */
    public static final class Builder extends ClientBuilder<Builder> {
        private Builder() {}

        /** The agent's token, sent as it is. */
        public Builder agentToken(String token) {
            return header("Authorization", token);
        }

        /** The token of the user on whose behalf calls are made. */
        public Builder userToken(String token) {
            return header("SYNAPSE-User", "Token " + token);
        }

        /** The tenant on whose behalf calls are made. */
        public Builder tenant(String tenant) {
            return header("SYNAPSE-Tenant", "Token " + tenant);
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
