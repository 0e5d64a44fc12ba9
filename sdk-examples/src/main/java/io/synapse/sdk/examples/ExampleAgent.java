package io.synapse.sdk.examples;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The agent that an example talks to: the one that {@code SYNAPSE_AGENT_URL} names, or else an embedded one that ends
 * with the example.
 */
public final class ExampleAgent implements AutoCloseable {
    private final @Nullable EmbeddedAgent embedded;
    private final AgentClient client;

    /** Connects to the agent, starting one if need be. */
    public ExampleAgent() {
        this(EmbeddedAgent.builder());
    }

    /** The same; one that is started knows the plugins in that folder. */
    public ExampleAgent(Path plugins) {
        this(EmbeddedAgent.builder().pluginDirectory(plugins));
    }

    private ExampleAgent(EmbeddedAgent.Builder builder) {
        if (System.getenv("SYNAPSE_AGENT_URL") != null) {
            embedded = null;
            client = AgentClient.fromEnvironment();
        } else {
            EmbeddedAgent agent = builder.start();
            embedded = agent;
            client = AgentClient.builder()
                    .baseUrl(agent.baseUrl())
                    .agentToken(agent.token())
                    .build();
        }
    }

    /** A client of the agent. */
    public AgentClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
