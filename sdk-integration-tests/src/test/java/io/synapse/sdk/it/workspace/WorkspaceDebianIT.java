package io.synapse.sdk.it.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import io.synapse.sdk.workspace.Workspace;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract in an image with dash and the programs of GNU. */
@WithDockerEngine
@Timeout(120)
@Tag("one-jdk")
class WorkspaceDebianIT extends WorkspaceContract {
    @Override
    Workspace open(DockerEngine engine) throws IOException {
        return DockerWorkspace.builder()
                .dockerHost(engine.host())
                .image(engine.baseImage())
                .open();
    }

    /** So that one that takes all it can get leaves enough for its own end. BusyBox of Debian has no {@code nice}. */
    @Test
    void aCommandHasALowerPriorityThanWhatServesTheAgents() {
        assertThat(WorkspaceTests.output(newAgent(), "nice")).isEqualTo("10");
    }
}
