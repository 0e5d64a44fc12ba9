package io.synapse.sdk.it.gateway;

import static io.synapse.sdk.it.workspace.WorkspaceEndingContract.ESCAPES;
import static io.synapse.sdk.it.workspace.WorkspaceEndingContract.SLEEPING;
import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static io.synapse.sdk.it.workspace.WorkspaceTests.sleeping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.docker.DockerWorkspace;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.ExecutionResult;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.gateway.grpc.StreamMessage;
import io.synapse.sdk.gateway.server.EmbeddedGateway;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands of a gateway's callers run in the container of a workspace, and end there (wire/gateway.md, section 7). */
@WithDockerEngine
@Timeout(120)
@Tag("one-jdk")
class GatewayWorkspaceIT {
    /** All ways to leave a command, after a line of output. */
    private static final String ESCAPING = "sh -c '" + ("echo before; " + ESCAPES).replace("'", "'\\''") + "'";

    private Workspace workspace;
    private WorkspaceAgent observer;
    private EmbeddedGateway gateway;
    private GatewayClient http;
    private GrpcGatewayClient grpc;

    @BeforeEach
    void open(DockerEngine engine) throws IOException {
        workspace = DockerWorkspace.builder()
                .dockerHost(engine.host())
                .image(engine.busyboxImage())
                .open();
        observer = workspace.agent("observer");
        gateway = EmbeddedGateway.builder()
                .workspace(workspace.agent("gateway"))
                .allowCommands(true)
                .programs(Set.of("cat", "sh"))
                .shutdownGrace(Duration.ofMillis(100))
                .start();
        http = GatewayClient.builder()
                .baseUrl(gateway.baseUrl())
                .gatewayToken(gateway.token())
                .build();
        grpc = GrpcGatewayClient.builder()
                .token(gateway.token())
                .address(GatewayService.CODEX, gateway.grpcAddress(GatewayService.CODEX))
                .build();
    }

    @AfterEach
    void close() {
        grpc.close();
        http.close();
        gateway.close();
        workspace.close();
    }

    private List<StreamMessage> stream(ExecuteRequest request) {
        List<StreamMessage> messages = new ArrayList<>();
        try (EventStream<StreamMessage> stream = grpc.streamExecute(request)) {
            stream.forEach(messages::add);
        }
        return messages;
    }

    private StreamMessage last(ExecuteRequest request) {
        List<StreamMessage> messages = stream(request);
        return messages.get(messages.size() - 1);
    }

    @Test
    void outputAndExitCodeAreThoseOfTheContainer(DockerEngine engine) throws IOException {
        String hostname = engine.docker("exec", workspace.id(), "cat", "/etc/hostname");
        ExecuteRequest request = ExecuteRequest.of("cat /etc/hostname");

        ExecutionResult result = http.execute(request);
        StreamMessage last = last(request);

        assertThat(result.success()).isTrue();
        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout()).isNotBlank().isEqualToIgnoringNewLines(hostname);
        assertThat(last.exitCode()).isZero();
        assertThat(last.content()).isEqualTo(result.stdout());
    }

    @Test
    void aCommandThatFailsGivesWhatItWroteAndItsExitCode() {
        ExecuteRequest request = ExecuteRequest.of("sh -c 'id -u; pwd; exit 7'").workingDir("/tmp");

        ExecutionResult result = http.execute(request);
        StreamMessage last = last(request);

        assertThat(result.success()).isFalse();
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.stdout()).isEqualTo(output(workspace.agent("gateway"), "id -u") + "\n/tmp\n");
        assertThat(last.exitCode()).isEqualTo(7);
        assertThat(last.content()).isEqualTo(result.stdout());
    }

    @Test
    void aStreamGivesTheOutputAsItComes() {
        ExecuteRequest request =
                ExecuteRequest.of("sh -c 'echo one; while [ ! -e go ]; do sleep 0.05; done; echo two; exit 3'");
        List<StreamMessage> messages = new ArrayList<>();

        try (EventStream<StreamMessage> stream = grpc.streamExecute(request)) {
            for (StreamMessage message : stream) {
                messages.add(message);
                if (message.content().equals("one\n")) {
                    workspace.agent("gateway").write("go", ""); // without which it does not end
                }
            }
        }

        assertThat(messages)
                .extracting(StreamMessage::content)
                .containsExactly("Starting: " + request.command(), "one\n", "two\n", "one\ntwo\n");
        assertThat(messages.get(3).exitCode()).isEqualTo(3);
    }

    @Test
    void aProgramThatIsNotOnTheListIsRefused() {
        ExecuteRequest request = ExecuteRequest.of("touch /tmp/made");

        ExecutionResult result = http.execute(request);
        StreamMessage last = last(request);

        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(result.stderr()).isEqualTo("Command not allowed");
        assertThat(last.exitCode()).isEqualTo(-1);
        assertThat(last.content()).isEqualTo("Command not allowed");
        assertThat(observer.execute("test -e /tmp/made").succeeded()).isFalse();
    }

    @Test
    void atTheTimeLimitAllProcessesEndAndTheOutputIsKept() {
        ExecuteRequest request = ExecuteRequest.of(ESCAPING).timeout(Duration.ofSeconds(10));
        CompletableFuture<ExecutionResult> call = http.async().execute(request);
        CompletableFuture<StreamMessage> stream = CompletableFuture.supplyAsync(() -> last(request));
        awaitAllOfBoth();

        ExecutionResult result = call.join();
        StreamMessage last = stream.join();

        assertThat(sleeping(observer, SLEEPING)).isEmpty();
        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(result.stdout()).isEqualTo("before\n");
        assertThat(result.stderr()).isEqualTo("Command timed out");
        assertThat(result.durationSeconds()).isBetween(10.0, 25.0);
        assertThat(last.exitCode()).isEqualTo(-1);
        assertThat(last.content()).isEqualTo("before\n");
    }

    @Test
    void aCallThatIsCancelledEndsAllProcesses() {
        ExecuteRequest request = ExecuteRequest.of(ESCAPING).timeout(Duration.ofMinutes(10));
        CompletableFuture<ExecutionResult> call = http.async().execute(request);
        await().until(() -> sleeping(observer, SLEEPING).size() == 10);

        call.cancel(true);

        await().until(() -> sleeping(observer, SLEEPING).isEmpty());
    }

    @Test
    void nothingRunsOnceTheGatewayIsClosed() {
        ExecuteRequest request = ExecuteRequest.of(ESCAPING).timeout(Duration.ofMinutes(10));
        CompletableFuture<ExecutionResult> call = http.async().execute(request);
        CompletableFuture<StreamMessage> stream = CompletableFuture.supplyAsync(() -> last(request));
        awaitAllOfBoth();

        gateway.close();

        assertThat(sleeping(observer, SLEEPING)).isEmpty();
        assertThatThrownBy(call::join).hasMessageContaining("shutting down");
        grpc.close(); // which waits for another gateway at this address, to go on with the stream
        assertThatThrownBy(stream::join).hasCauseInstanceOf(CallCancelledException.class);
        assertThat(output(workspace.agent("gateway"), "echo fine"))
                .as("the workspace is its owner's")
                .isEqualTo("fine");
    }

    private void awaitAllOfBoth() {
        await().until(() -> sleeping(observer, SLEEPING).size() == 20);
    }
}
