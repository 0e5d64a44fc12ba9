package io.synapse.sdk.it.workspace;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceRequest;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The contract through an agent, whose client has no Docker Engine. */
@WithDockerEngine
@Timeout(120)
@Tag("one-jdk")
class WorkspaceThroughAgentIT extends WorkspaceContract {
    private EmbeddedAgent agent;
    private AgentClient client;

    @Override
    Workspace open(DockerEngine engine) throws IOException {
        agent = EmbeddedAgent.builder().dockerHost(engine.host()).start();
        client = AgentClient.builder()
                .baseUrl(agent.baseUrl())
                .agentToken(agent.token())
                .build();
        return client.openWorkspace(WorkspaceRequest.defaults().image(engine.busyboxImage()));
    }

    @Override
    @AfterAll
    void closeWorkspace() {
        super.closeWorkspace();
        client.close();
        agent.close();
    }
}
