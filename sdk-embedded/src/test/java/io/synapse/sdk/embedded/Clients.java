package io.synapse.sdk.embedded;

import io.synapse.sdk.agent.AgentClient;

/** Clients of the agents that tests start. */
public final class Clients {
    private Clients() {}

    /** A client with the agent's own token. */
    public static AgentClient of(EmbeddedAgent agent) {
        return AgentClient.builder()
                .baseUrl(agent.baseUrl())
                .agentToken(agent.token())
                .build();
    }
}
