package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.GatewayException;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.ServingStatus;
import io.synapse.sdk.gateway.WorkflowEvent;
import io.synapse.sdk.gateway.WorkflowRequest;
import io.synapse.sdk.gateway.WorkflowStream;
import io.synapse.sdk.gateway.WorkflowType;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.gateway.grpc.internal.Methods;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway as a process that is killed, restarted and told to end (wire/gateway.md, rows 9 and 17 of section 11). */
@Tag("one-jdk")
class GatewayProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private int port;

    @BeforeEach
    void choosePorts() throws IOException {
        port = GatewayProcess.freePorts();
    }

    private GatewayClient http() {
        return GatewayClient.builder()
                .baseUrl(URI.create("http://127.0.0.1:" + port))
                .gatewayToken(GatewayProcess.TOKEN)
                .build();
    }

    private String address(GatewayService service) {
        return "127.0.0.1:" + (port + 1 + service.ordinal());
    }

    private GrpcGatewayClient grpc() {
        GrpcGatewayClient.Builder builder = GrpcGatewayClient.builder().token(GatewayProcess.TOKEN);
        for (GatewayService service : GatewayService.values()) {
            builder.address(service, address(service));
        }
        return builder.build();
    }

    private List<String> notes() throws IOException {
        return Files.readAllLines(folder.resolve("notes"));
    }

    @Test
    void aWorkflowGoesOnAtTheNextGatewayWithoutLossAndRepetition() throws Exception {
        Path data = folder.resolve("data");
        List<WorkflowEvent> events = Collections.synchronizedList(new ArrayList<>());
        try (GatewayProcess first = GatewayProcess.paced(folder, port, 700, data);
                GatewayClient client = http();
                WorkflowStream stream = client.streamWorkflow(WorkflowRequest.of("한글 demo"))) {
            CompletableFuture<Void> reading = Background.run(() -> stream.forEach(events::add));
            await().atMost(PATIENCE).until(() -> events.size() >= 5);
            first.kill();
            try (GatewayProcess second = GatewayProcess.paced(folder, port, 10, data)) {
                reading.get(60, java.util.concurrent.TimeUnit.SECONDS);
                assertThat(second.errors()).doesNotContain(" ERROR ", " WARN ");
            }
            assertThat(stream.isSuccessful()).isTrue();
        }
        assertThat(events)
                .filteredOn(WorkflowEvent.StepStarted.class::isInstance)
                .hasSize(5);
        assertThat(events)
                .filteredOn(WorkflowEvent.StepCompleted.class::isInstance)
                .extracting(event -> ((WorkflowEvent.StepCompleted) event).step())
                .containsExactly("plan", "analyze", "generate_code", "review", "execute");
        assertThat(events).hasSize(12);
        assertThat(notes()).as("what was done is not done again").containsOnlyOnce("plan");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipeline", "parallel", "swarm"})
    void aWorkflowThatWasKilledIsContinuedByItsId(String type) throws Exception {
        Path data = folder.resolve("data");
        WorkflowRequest request = WorkflowRequest.of("demo").workflowType(new WorkflowType(type));
        List<WorkflowEvent> events = Collections.synchronizedList(new ArrayList<>());
        try (GatewayProcess first = GatewayProcess.paced(folder, port, 100, data);
                GatewayClient client = http()) {
            WorkflowStream stream = client.streamWorkflow(request);
            CompletableFuture<Void> reading = Background.run(() -> stream.forEach(events::add));
            await().atMost(PATIENCE)
                    .until(() -> events.stream().anyMatch(WorkflowEvent.StepCompleted.class::isInstance));
            first.kill();
            stream.close(); // it would wait for the next gateway
            assertThat(reading).failsWithin(PATIENCE);
        }
        String id = String.valueOf(events.get(0).additionalProperties().get("workflow_id"));
        try (GatewayProcess second = GatewayProcess.paced(folder, port, 10, data);
                GatewayClient client = http()) {
            assertThat(client.runWorkflow(request.continuing(id)).steps()).hasSize(type.equals("swarm") ? 3 : 5);
            assertThat(second.errors()).doesNotContain(" ERROR ", " WARN ");
        }
        for (WorkflowEvent event : events) {
            if (event instanceof WorkflowEvent.StepCompleted done) {
                assertThat(notes())
                        .as("what was told to be done")
                        .containsOnlyOnce(done.step().equals("generate_code") ? "code" : done.step());
            }
        }
    }

    @Test
    void aFailedWorkflowIsContinuedAtTheNextGateway() throws Exception {
        Path data = folder.resolve("data");
        WorkflowRequest request = WorkflowRequest.of("unreviewable");
        String id;
        try (GatewayProcess first = GatewayProcess.paced(folder, port, 10, data);
                GatewayClient client = http()) {
            GatewayException failed = catchThrowableOfType(GatewayException.class, () -> client.runWorkflow(request));
            id = failed.workflowId().orElseThrow();
            first.kill();
        }
        assertThat(notes()).startsWith("plan", "analyze", "code", "review");
        Files.createFile(folder.resolve("reviewer"));
        try (GatewayProcess second = GatewayProcess.paced(folder, port, 10, data);
                GatewayClient client = http()) {
            assertThatThrownBy(() ->
                            client.runWorkflow(WorkflowRequest.of("another").continuing(id)))
                    .isInstanceOf(NotFoundException.class);
            assertThat(client.runWorkflow(request.continuing(id)).steps()).hasSize(5);
            assertThatThrownBy(() -> client.runWorkflow(request.continuing(id)))
                    .as("it is complete")
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> client.runWorkflow(request.continuing("workflow-../key")))
                    .isInstanceOf(NotFoundException.class);
            assertThat(second.errors()).doesNotContain(" ERROR ", " WARN ");
        }
        assertThat(notes()).as("what was done is not done again").containsOnlyOnce("plan", "analyze", "code");
        try (var left = Files.list(data.resolve("workflows"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void withoutADataDirectoryAStreamIsLostAndSaysSo() throws Exception {
        List<WorkflowEvent> events = Collections.synchronizedList(new ArrayList<>());
        try (GatewayProcess first = GatewayProcess.paced(folder, port, 700, null);
                GatewayClient client = http();
                WorkflowStream stream = client.streamWorkflow(WorkflowRequest.of("demo"))) {
            CompletableFuture<Void> reading = Background.run(() -> stream.forEach(events::add));
            await().atMost(PATIENCE).until(() -> events.size() >= 3);
            first.kill();
            try (GatewayProcess second = GatewayProcess.paced(folder, port, 10, null)) {
                assertThat(reading)
                        .failsWithin(PATIENCE)
                        .withThrowableThat()
                        .withCauseInstanceOf(StreamCutException.class)
                        .withMessageContaining("lost");
                assertThat(second.errors()).doesNotContain(" ERROR ", " WARN ");
            }
        }
    }

    private List<AiAgent.StreamMessage> read(
            GatewayService service, String method, Message request, ConcurrentLinkedQueue<AiAgent.StreamMessage> live) {
        try (GrpcChannel channel = new GrpcChannel(address(service), GatewayProcess.TOKEN)) {
            Iterator<Message> messages = ClientCalls.blockingServerStreamingCall(
                    channel.channel(),
                    Methods.of(
                            AiAgent.getDescriptor()
                                    .findServiceByName(service.fullName().substring("ai_agent.".length())),
                            method,
                            request,
                            AiAgent.StreamMessage.getDefaultInstance()),
                    CallOptions.DEFAULT,
                    request);
            messages.forEachRemaining(message -> live.add((AiAgent.StreamMessage) message));
        }
        return List.copyOf(live);
    }

    @Test
    void aPlanStreamGoesOnAtTheNextGateway() throws Exception {
        Path data = folder.resolve("data");
        AiAgent.PlanRequest request =
                AiAgent.PlanRequest.newBuilder().setTaskDescription("t").build();
        ConcurrentLinkedQueue<AiAgent.StreamMessage> live = new ConcurrentLinkedQueue<>();
        try (GatewayProcess first = GatewayProcess.paced(folder, port, 500, data)) {
            CompletableFuture<?> reading =
                    Background.supply(() -> read(GatewayService.CLAUDE, "StreamPlan", request, live));
            await().atMost(PATIENCE).until(() -> live.size() >= 2);
            first.kill();
            assertThat(reading).failsWithin(PATIENCE);
        }
        int seen = live.size();
        AiAgent.PlanRequest again = AiAgent.PlanRequest.newBuilder() // as the SDK's client: without the request
                .setResumeStreamId(live.element().getStreamId())
                .setResumeAfter(seen)
                .build();
        try (GatewayProcess second = GatewayProcess.paced(folder, port, 10, data)) {
            List<AiAgent.StreamMessage> all = read(GatewayService.CLAUDE, "StreamPlan", again, live);
            assertThat(all).extracting(AiAgent.StreamMessage::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(all.get(5).getFinal()).isTrue();
            assertThat(second.errors()).doesNotContain(" ERROR ", " WARN ");
        }
    }

    @Test
    void aCommandOfAKilledGatewayEndsAndItsOutcomeIsLost() throws Exception {
        Path data = folder.resolve("data");
        Path pid = folder.resolve("pid");
        AiAgent.ExecuteRequest request = AiAgent.ExecuteRequest.newBuilder()
                .setCommand("python -c 'import os, time; open(\"" + pid + "\", \"w\").write(str(os.getpid()));"
                        + " print(1, flush=True); time.sleep(600)'")
                .setTimeoutSeconds(600)
                .build();
        ConcurrentLinkedQueue<AiAgent.StreamMessage> live = new ConcurrentLinkedQueue<>();
        try (GatewayProcess first = GatewayProcess.paced(folder, port, 10, data)) {
            CompletableFuture<?> reading =
                    Background.supply(() -> read(GatewayService.CODEX, "StreamExecute", request, live));
            await().atMost(PATIENCE).until(() -> live.size() >= 2);
            first.kill();
            assertThat(reading).failsWithin(PATIENCE);
        }
        long process = Long.parseLong(Files.readString(pid));
        await().atMost(PATIENCE).until(() -> !Processes.isAlive(process));
        AiAgent.ExecuteRequest again = AiAgent.ExecuteRequest.newBuilder()
                .setResumeStreamId(live.element().getStreamId())
                .setResumeAfter(live.size())
                .build();
        try (GatewayProcess second = GatewayProcess.paced(folder, port, 10, data)) {
            assertThatThrownBy(() -> read(GatewayService.CODEX, "StreamExecute", again, live))
                    .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                        assertThat(e.getStatus().getDescription()).contains("lost");
                    });
            assertThat(second.errors()).doesNotContain(" ERROR ", " WARN ");
        }
    }

    @Test
    void atTermItSaysNotServingFirstLetsCallsEndAndLeavesNothing() throws Exception {
        Path pid = folder.resolve("pid");
        try (GatewayProcess gateway = GatewayProcess.paced(folder, port, 1_500, null);
                GrpcGatewayClient client = grpc();
                GatewayClient http = http();
                EventStream<ServingStatus> health = client.watchHealth(GatewayService.CLAUDE, "")) {
            List<ServingStatus> statuses = Collections.synchronizedList(new ArrayList<>());
            Background.run(() -> health.forEach(statuses::add));
            CompletableFuture<?> quick = client.async().generateCode(CodeRequest.of("x"));
            CompletableFuture<?> overHttp = http.async().generateCode(CodeRequest.of("y"));
            CompletableFuture<?> endless = client.async()
                    .execute(ExecuteRequest.of("python -c 'import os, time; open(\"" + pid
                                    + "\", \"w\").write(str(os.getpid())); time.sleep(600)'")
                            .timeout(Duration.ofSeconds(600)));
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(pid)
                            && Files.exists(folder.resolve("notes"))
                            && notes().size() == 2
                            && statuses.contains(ServingStatus.SERVING));
            gateway.terminate();
            await().atMost(PATIENCE).until(() -> statuses.contains(ServingStatus.NOT_SERVING));
            quick.get(20, java.util.concurrent.TimeUnit.SECONDS);
            overHttp.get(20, java.util.concurrent.TimeUnit.SECONDS);
            assertThatThrownBy(endless::join).cause().isInstanceOf(ClientException.class);
            assertThat(gateway.awaitExit()).isEqualTo(143);
            assertThat(Processes.isAlive(Long.parseLong(Files.readString(pid)))).isFalse();
            for (int each = port; each <= port + 3; each++) {
                assertThat(GatewayProcess.isFree(each)).isTrue();
            }
        }
    }

    @Test
    void theProgramSaysWhereItIsAndServesAllOperations() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.command(
                folder,
                "--port=0",
                "--claude-port=0",
                "--gemini-port=0",
                "--codex-port=0",
                "--allow-commands",
                "--data-dir=" + folder.resolve("data"))) {
            URI url = gateway.awaitReady();
            String token = gateway.awaitLine("token: ");
            GrpcGatewayClient.Builder services = GrpcGatewayClient.builder().token(token);
            for (GatewayService service : GatewayService.values()) {
                services.address(service, gateway.awaitLine(service.name().toLowerCase(java.util.Locale.ROOT) + ": "));
            }
            try (GatewayClient http = GatewayClient.builder()
                            .baseUrl(url)
                            .gatewayToken(token)
                            .build();
                    GrpcGatewayClient grpc = services.build()) {
                assertThat(http.healthCheck().status()).isEqualTo("healthy");
                assertThat(http.getMetrics().pools()).containsKeys("claude", "gemini", "codex");
                assertThat(http.createPlan(PlanRequest.of("t")).steps()).hasSize(5);
                assertThat(grpc.createPlan(PlanRequest.of("t")).steps()).hasSize(5);
                assertThat(http.analyze(AnalysisRequest.of("t")).findings()).isNotEmpty();
                assertThat(grpc.reviewCode(ReviewRequest.of("t")).issues()).isNotEmpty();
                assertThat(http.execute(ExecuteRequest.of("echo x")).stdout()).isEqualTo("x\n");
                assertThat(http.runWorkflow(WorkflowRequest.of("t")).steps()).hasSize(5);
            }
            gateway.terminate();
            assertThat(gateway.awaitExit()).isEqualTo(143);
            assertThat(gateway.errors()).doesNotContain(token).doesNotContain("Exception");
        }
    }
}
