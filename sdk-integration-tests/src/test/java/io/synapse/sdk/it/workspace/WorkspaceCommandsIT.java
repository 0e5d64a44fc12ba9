package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that fight their end, and more output and content than a heap holds. */
@WithDockerEngine
@Timeout(120)
@Tag("one-jdk")
class WorkspaceCommandsIT {
    /** Whatever comes with the agent's user to end it is killed or stopped by it. */
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP"})
    void aCommandThatAttacksWhatEndsItIsEnded(String signal, DockerEngine engine) throws IOException {
        try (Workspace workspace = open(engine)) {
            WorkspaceAgent agent = workspace.agent("agent");
            String loop = "trap '' TERM HUP INT; while :; do kill -" + signal + " -1; done 2>/dev/null";

            CompletableFuture<CommandResult> command = agent.async().execute(loop, Duration.ofSeconds(1));

            assertThat(command.handle((result, failure) -> result != null && result.timedOut())
                            .completeOnTimeout(false, 20, TimeUnit.SECONDS)
                            .join())
                    .as("ended at its time limit")
                    .isTrue();
            assertThat(engine.docker("top", workspace.id())).doesNotContain("trap '' TERM HUP INT");
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(() -> output(agent, "echo fine").equals("fine"));
        }
    }

    /** In a JVM that can hold neither. */
    @Test
    void aGigabyteOfOutputAnd200MiBOfAFileNeedNoHeap(DockerEngine engine) throws IOException {
        try (WorkspaceProcess process = WorkspaceProcess.start(engine, "-Xmx48m")) {
            assertThat(process.line()).hasSize(64);

            assertThat(process.request("output")).isEqualTo("0 1000");
            assertThat(process.request("transfer")).isEqualTo("true " + WorkspaceProcess.LARGE);
        }
        open(engine).close(); // removes the container that the process left
    }

    private static Workspace open(DockerEngine engine) throws IOException {
        return DockerWorkspace.builder()
                .dockerHost(engine.host())
                .image(engine.busyboxImage())
                .open();
    }
}
