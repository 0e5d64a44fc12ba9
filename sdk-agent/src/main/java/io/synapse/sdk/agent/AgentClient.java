package io.synapse.sdk.agent;

import io.synapse.sdk.BaseClient;
import io.synapse.sdk.CallOptions;
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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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

    private AgentClient(AgentClient client, CallOptions options) {
        super(client, options);
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
        return builder().fromEnvironment().build();
    }

    /**
     * A view of this client whose calls have other options: {@code client.withOptions(o -> o.callTimeout(limit))}. It has
     * the same connections; closing either closes both.
     */
    public AgentClient withOptions(UnaryOperator<CallOptions> change) {
        return new AgentClient(this, change.apply(CallOptions.NONE));
    }

    /** The twin that does not block, over the same connections; closing either closes both. */
    public AsyncAgentClient async() {
        return new AsyncAgentClient(this);
    }

    /** Builds clients of an agent. Not thread-safe. */
    public static final class Builder extends ClientBuilder<Builder> {
        private Builder() {}

        /**
         * Takes address, tokens and tenant from the environment, as {@link AgentClient#fromEnvironment()} says.
         * Later calls of this builder replace what they set.
         *
         * @throws io.synapse.sdk.BadRequestException when something is missing there or cannot be used, saying what
         */
        public Builder fromEnvironment() {
            return AgentEnvironment.ofThisProcess().applyTo(this);
        }

        /**
         * The agent's token, sent without a scheme, and without white space around it.
         *
         * @throws io.synapse.sdk.BadRequestException when it is blank or has characters that a header cannot have; the
         *     message does not show it
         */
        public Builder agentToken(String token) {
            return token("Authorization", "", token);
        }

        /**
         * Where to get the agent's token from: before the first request, and once more when the agent answers 401.
         *
         * @param supplier gives the token; called on the thread that sends, must be safe for use by several threads
         */
        public Builder agentToken(Supplier<String> supplier) {
            return token("Authorization", "", supplier);
        }

        /**
         * The token of the user on whose behalf calls are made, without white space around it.
         *
         * @throws io.synapse.sdk.BadRequestException as of {@link #agentToken}
         */
        public Builder userToken(String token) {
            return token("SYNAPSE-User", "Token ", token);
        }

        /**
         * The tenant on whose behalf calls are made, without white space around it.
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
