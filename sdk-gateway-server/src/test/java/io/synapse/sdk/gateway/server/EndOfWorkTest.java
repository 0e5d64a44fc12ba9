package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.gateway.grpc.StreamMessage;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work ends with who wanted it, and its processes with it (wire/gateway.md, row 11 of section 11). */
class EndOfWorkTest {
    @TempDir
    Path folder;

    private final GatedAgent agent = new GatedAgent();
    private final EmbeddedGateway gateway = EmbeddedGateway.builder()
            .agent(agent)
            .allowCommands(true)
            .unreadGrace(Duration.ofMillis(200))
            .start();

    @AfterEach
    void close() {
        gateway.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    private GrpcGatewayClient client(GatewayService service, Duration timeout) {
        return GrpcGatewayClient.builder()
                .address(service, gateway.grpcAddress(service))
                .token(gateway.token())
                .callTimeout(timeout)
                .build();
    }

    @Test
    void theDeadlineOfTheCallerEndsTheWork() {
        try (GrpcGatewayClient client = client(GatewayService.CLAUDE, Duration.ofMillis(500))) {
            assertThatThrownBy(() -> client.createPlan(PlanRequest.of("t"))).isInstanceOf(ClientException.class);
        }
        soon().until(() -> agent.running.get() == 0);
        assertThat(agent.interrupted.get()).isEqualTo(agent.begun.get()).isPositive();
    }

    @Test
    void aCallThatIsCancelledEndsTheWork() {
        try (GrpcGatewayClient client = client(GatewayService.CLAUDE, Duration.ofMinutes(1))) {
            CompletableFuture<?> call = client.async().createPlan(PlanRequest.of("t"));
            soon().until(() -> agent.running.get() == 1);
            call.cancel(true);
            soon().until(() -> agent.running.get() == 0);
        }
        assertThat(agent.interrupted).hasValue(1);
    }

    /** Sends a request over a connection of its own, and does not wait for the answer. */
    private Socket send(String path, String body) throws IOException {
        Socket socket =
                new Socket(gateway.baseUrl().getHost(), gateway.baseUrl().getPort());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + gateway.baseUrl().getPort()
                + "\r\nAuthorization: Bearer " + gateway.token()
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        return socket;
    }

    @Test
    void aCallerOfHttpThatGoesEndsTheWork() throws Exception {
        try (Socket socket = send("/api/v1/claude/plan", "{\"task\":\"t\"}")) {
            assertThat(socket.isConnected()).isTrue();
            soon().until(() -> agent.running.get() == 1);
        }
        soon().until(() -> agent.running.get() == 0);
        assertThat(agent.interrupted).hasValue(1);
    }

    @Test
    void aConnectionServesTheNextRequestAfterACallWasWatched() throws Exception {
        agent.gate.release(100);
        for (int request = 0; request < 20; request++) {
            assertThat(Http.of(gateway)
                            .post("/api/v1/claude/plan", "{\"task\":\"t\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aStreamThatNobodyReadsEndsAfterItsGrace() {
        try (GrpcGatewayClient client = client(GatewayService.CLAUDE, Duration.ofMinutes(1))) {
            EventStream<StreamMessage> stream = client.streamPlan(PlanRequest.of("t"));
            Background.run(() -> stream.forEach(message -> {}));
            soon().until(() -> agent.running.get() == 1);
            stream.close();
            soon().until(() -> agent.running.get() == 0);
        }
        assertThat(agent.interrupted).hasValue(1);
    }

    /** A program that starts two others, one of them in a session of its own, and says who they are. */
    private String command(Path pids) throws IOException {
        Path script = folder.resolve("processes.py");
        Files.writeString(script, """
                import os, subprocess, sys, time
                one = subprocess.Popen(["sleep", "600"])
                two = subprocess.Popen(["sleep", "600"], start_new_session=True, env={})
                with open(sys.argv[1] + ".new", "w") as file:
                    file.write(f"{os.getpid()} {one.pid} {two.pid}")
                os.rename(sys.argv[1] + ".new", sys.argv[1])
                print("started", flush=True)
                time.sleep(600)
                """);
        return "python " + script + " " + pids;
    }

    private long[] pids(Path file) throws IOException {
        String[] pids = Files.readString(file).split(" ");
        return java.util.Arrays.stream(pids).mapToLong(Long::parseLong).toArray();
    }

    private void assertGone(Path file) throws IOException {
        for (long pid : pids(file)) {
            soon().until(() -> !Processes.isAlive(pid));
        }
    }

    @Test
    void aCommandEndsWithItsProcessesAtItsTimeLimit() throws Exception {
        Path pids = folder.resolve("pids");
        try (GrpcGatewayClient client = client(GatewayService.CODEX, Duration.ofMinutes(1))) {
            var result = client.execute(ExecuteRequest.of(command(pids)).timeout(Duration.ofSeconds(2)));
            assertThat(result.exitCode()).isEqualTo(-1);
            assertThat(result.stdout()).isEqualTo("started\n");
            for (long pid : pids(pids)) {
                assertThat(Processes.isAlive(pid))
                        .as("the answer comes when none is left")
                        .isFalse();
            }
        }
    }

    @Test
    void aCommandEndsWithItsProcessesWhenItsCallerGoes() throws Exception {
        Path pids = folder.resolve("pids");
        try (Socket socket = send("/api/v1/codex/execute", "{\"timeout\":600,\"command\":\"" + command(pids) + "\"}")) {
            assertThat(socket.isConnected()).isTrue();
            soon().until(() -> Files.exists(pids));
        }
        assertGone(pids);
    }

    @Test
    void aCommandEndsWithItsProcessesWhenItsCallIsCancelled() throws Exception {
        Path pids = folder.resolve("pids");
        try (GrpcGatewayClient client = client(GatewayService.CODEX, Duration.ofMinutes(10))) {
            CompletableFuture<?> call =
                    client.async().execute(ExecuteRequest.of(command(pids)).timeout(Duration.ofSeconds(600)));
            soon().until(() -> Files.exists(pids));
            call.cancel(true);
            assertGone(pids);
        }
    }

    @Test
    void aCommandEndsWithItsProcessesSomeTimeAfterItsStreamIsLeft() throws Exception {
        Path pids = folder.resolve("pids");
        try (GrpcGatewayClient client = client(GatewayService.CODEX, Duration.ofMinutes(10))) {
            EventStream<StreamMessage> stream =
                    client.streamExecute(ExecuteRequest.of(command(pids)).timeout(Duration.ofSeconds(600)));
            Iterator<StreamMessage> messages = stream.iterator();
            Optional<String> output = Optional.empty();
            while (output.filter(text -> text.contains("started\n")).isEmpty() && messages.hasNext()) {
                output = Optional.ofNullable(messages.next().content());
            }
            assertThat(output).hasValue("started\n");
            stream.close();
        }
        assertGone(pids);
    }

    @Test
    void aCommandEndsWithItsProcessesWhenTheGatewayIsClosed() throws Exception {
        Path pids = folder.resolve("pids");
        EmbeddedGateway other = EmbeddedGateway.builder()
                .allowCommands(true)
                .shutdownGrace(Duration.ofMillis(100))
                .start();
        try (GrpcGatewayClient client = Clients.grpc(other)) {
            CompletableFuture<?> call =
                    client.async().execute(ExecuteRequest.of(command(pids)).timeout(Duration.ofSeconds(600)));
            soon().until(() -> Files.exists(pids));
            other.close();
            for (long pid : pids(pids)) {
                assertThat(Processes.isAlive(pid)).isFalse();
            }
            assertThatThrownBy(call::join).hasMessageContaining("shutting down");
        }
    }
}
