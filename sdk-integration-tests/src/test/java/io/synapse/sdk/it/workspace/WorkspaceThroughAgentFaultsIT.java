package io.synapse.sdk.it.workspace;

import static io.synapse.sdk.it.workspace.WorkspaceTests.assertFails;
import static io.synapse.sdk.it.workspace.WorkspaceTests.output;
import static io.synapse.sdk.it.workspace.WorkspaceTests.sleeping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.it.docker.DockerEngine;
import io.synapse.sdk.it.docker.WithDockerEngine;
import io.synapse.sdk.testkit.Fault;
import io.synapse.sdk.testkit.FaultProxy;
import io.synapse.sdk.workspace.AsyncWorkspace;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.Edit;
import io.synapse.sdk.workspace.EditResult;
import io.synapse.sdk.workspace.FileUpload;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceEvents;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import io.synapse.sdk.workspace.WorkspaceInfo;
import io.synapse.sdk.workspace.WorkspaceLostException;
import io.synapse.sdk.workspace.WorkspaceRequest;
import io.synapse.sdk.workspace.WriteCondition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A workspace through an agent when the network, the client, the agent or the engine fail. */
@WithDockerEngine
@Timeout(120)
@Tag("one-jdk")
class WorkspaceThroughAgentFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private DockerEngine engine;
    private EmbeddedAgent agent;
    private FaultProxy proxy;
    private AgentClient client;

    @BeforeEach
    void start(DockerEngine shared) throws IOException {
        engine = shared;
        agent = EmbeddedAgent.builder().dockerHost(engine.host()).start();
        proxy = FaultProxy.inFrontOf(agent.baseUrl());
        client = client(proxy.uri());
    }

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
        agent.close();
    }

    private AgentClient client(URI address) {
        return AgentClient.builder().baseUrl(address).agentToken(agent.token()).build();
    }

    private WorkspaceRequest request() {
        return WorkspaceRequest.defaults().image(engine.busyboxImage());
    }

    /** Not one of them is done twice, and not one tells a conflict with itself. */
    @Test
    void whateverReplyIsLostEachOperationIsDoneOnce() throws IOException {
        proxy.next(Fault.loseReply());
        try (Workspace workspace = client.openWorkspace(request())) {
            assertThat(client.listWorkspaces()).hasSize(1);
            WorkspaceAgent writer = workspace.agent("writer");
            proxy.next(Fault.loseReply());
            String version = writer.write("sum", "0", WriteCondition.ifAbsent()).version();
            for (int number = 0; number < 20; number++) {
                proxy.next(Fault.loseReply());
                EditResult edited = writer.edit(
                        "sum",
                        Edit.replace(Integer.toString(number), Integer.toString(number + 1)),
                        WriteCondition.ifVersion(version));
                version = edited.version();
            }
            assertThat(writer.read("sum").content()).isEqualTo("20");

            proxy.next(Fault.loseReply());
            assertThat(output(writer, "echo x >>executed; wc -l <executed")).isEqualTo("1");
            proxy.next(Fault.loseReply());
            writer.start("echo x >>started").await(PATIENCE);
            assertThat(output(writer, "wc -l <started")).isEqualTo("1");
            proxy.next(Fault.loseReply());
            writer.delete("started");

            try (WorkspaceEvents events = workspace.watch(writer.folder())) {
                writer.write("noticed", "x");
                proxy.next(Fault.loseReply());
                assertThat(events.next(PATIENCE).orElseThrow().file().name()).isEqualTo("noticed");
            }
            proxy.next(Fault.loseReply());
        }
        assertThat(client.listWorkspaces()).isEmpty();
    }

    /** The pieces of both, and the request that uses what was sent. */
    @Test
    void contentsArriveThoughTheConnectionBreaksAgainAndAgain() throws IOException {
        byte[] content = new byte[12_345_678];
        ThreadLocalRandom.current().nextBytes(content);
        try (Workspace workspace = client.openWorkspace(request())) {
            WorkspaceAgent writer = workspace.agent("writer");
            proxy.cutEvery(Duration.ofMillis(150));
            String version = writer.upload(FileUpload.of("file", content)).version();
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            assertThat(writer.download("file", copy).version()).isEqualTo(version);
            proxy.clear();

            assertThat(copy.toByteArray()).isEqualTo(content);
            assertThat(output(writer, "sha256sum <file")).startsWith(version);
            workspace.snapshot(folder.resolve("snapshot.tar"));
            writer.delete("file");
            workspace.restore(folder.resolve("snapshot.tar"));
            assertThat(output(writer, "sha256sum <file")).startsWith(version);
        }
    }

    @Test
    void aCommandAndItsOutputOutliveTheConnection() {
        try (Workspace workspace = client.openWorkspace(request())) {
            WorkspaceAgent writer = workspace.agent("writer");
            proxy.cutEvery(Duration.ofMillis(200));
            CommandResult result =
                    writer.execute("echo x >>executed; for i in 1 2 3; do echo $i; sleep 1; done; wc -l <executed");
            proxy.clear();

            assertThat(result.output()).isEqualTo("1\n2\n3\n1\n");
        }
    }

    /** What it waited for ends after its lease, what it had in the background with the workspace. */
    @Test
    void nothingIsLeftOfAClientThatIsKilled() throws Exception {
        try (WorkspaceProcess process = WorkspaceProcess.startOnAgent(engine, agent)) {
            String id = process.line();
            WorkspaceAgent observer = client.getWorkspace(id).agent("observer");
            assertThat(process.request("background")).isEqualTo("true");
            process.tell("hang");
            await().atMost(PATIENCE).until(() -> sleeping(observer, "910[12]").size() == 2);
            WorkspaceInfo info = client.listWorkspaces().get(0);
            assertThat(info.id()).isEqualTo(id);

            process.kill();

            await().atMost(PATIENCE).until(() -> sleeping(observer, "9101").isEmpty());
            assertThat(sleeping(observer, "9102")).as("in the background").hasSize(1);
            observer.execute("kill -9 -1"); // not its own
            client.deleteWorkspace(id);
            assertThat(engine.docker("ps", "--quiet", "--no-trunc", "--all")).doesNotContain(info.containerId());
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.deleteWorkspace(id));
        }
    }

    @Test
    void aWorkspaceThatIsNotUsedIsClosed() throws IOException {
        Workspace workspace = client.openWorkspace(request().idleTimeout(Duration.ofSeconds(1)));
        String container = client.listWorkspaces().get(0).containerId();

        await().atMost(PATIENCE)
                .until(() ->
                        !engine.docker("ps", "--quiet", "--no-trunc", "--all").contains(container));

        assertThat(client.listWorkspaces()).isEmpty();
        assertThatExceptionOfType(WorkspaceLostException.class)
                .isThrownBy(() -> workspace.agent("late"))
                .withMessageContaining("idle timeout");
        workspace.close();
    }

    @Test
    void anAgentThatEndsTakesItsWorkspacesAlong() throws IOException {
        Workspace workspace = client.openWorkspace(request());
        WorkspaceAgent writer = workspace.agent("writer");
        String container = client.listWorkspaces().get(0).containerId();
        CompletableFuture<CommandResult> command = writer.async().execute("sleep 9103");
        await().atMost(PATIENCE).until(() -> sleeping(writer, "9103").size() == 1);

        agent.close();

        assertThat(engine.docker("ps", "--quiet", "--no-trunc", "--all")).doesNotContain(container);
        assertThat(command)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        CallCancelledException.class,
                        failure -> assertThat(failure.mayHaveBeenExecuted()).isTrue());
    }

    /** The agent ends what runs when its client has not been seen for the lease. */
    @Test
    void aClientThatLosesItsAgentSaysThatTheCommandMayHaveRun() {
        try (AgentClient direct = client(agent.baseUrl());
                Workspace workspace = direct.openWorkspace(request().lease(Duration.ofSeconds(1)))) {
            WorkspaceAgent observer = workspace.agent("observer");
            WorkspaceAgent cutOff = client.getWorkspace(workspace.id()).agent("cut-off");
            CompletableFuture<CommandResult> command = cutOff.async().execute("sleep 9104");
            await().atMost(PATIENCE).until(() -> sleeping(observer, "9104").size() == 1);

            proxy.close();

            await().atMost(PATIENCE).until(() -> sleeping(observer, "9104").isEmpty());
            assertThat(command)
                    .failsWithin(Duration.ofSeconds(90))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            ConnectionException.class,
                            failure -> assertThat(failure.mayHaveBeenExecuted()).isTrue());
        }
    }

    @Test
    void anOpeningThatIsCancelledLeavesNothing() throws Exception {
        CompletableFuture<Workspace> opening = client.async().openWorkspace(request());
        proxy.awaitRequest(each -> each.target().contains("/workspaces/"), PATIENCE);

        opening.cancel(true);

        await().atMost(PATIENCE).until(opening::isDone);
        await().atMost(PATIENCE).until(() -> client.listWorkspaces().isEmpty());
        await().atMost(PATIENCE)
                .until(() -> engine.docker("ps", "--quiet", "--all", "--filter", "label=io.synapse.agent.workspace")
                        .isBlank());
    }

    @Test
    void severalClientsShareAWorkspace() {
        try (Workspace workspace = client.openWorkspace(request());
                AgentClient another = client(agent.baseUrl())) {
            workspace.agent("first").write(Workspace.SHARED + "/note", "shared");
            AsyncWorkspace same =
                    another.async().getWorkspace(workspace.id()).join().async();
            assertThat(same.agents().join()).containsExactly("first");
            assertThat(same.agent("second")
                            .thenCompose(second -> second.async().read(Workspace.SHARED + "/note"))
                            .join()
                            .content())
                    .isEqualTo("shared");
            same.sync().close();

            assertThat(workspace.agents()).containsExactly("first", "second");
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> another.getWorkspace("none-of-these"));
        }
    }

    @Test
    void whatTheAgentDoesNotGiveIsRefused() throws IOException {
        assertFails(Reason.UNSUPPORTED, () -> client.openWorkspace(request().image(engine.noShellImage())));
        for (WorkspaceRequest refused : List.of(
                request().memoryBytes(1L << 50),
                request().pids(1_000_000),
                request().network("host"))) {
            assertThatExceptionOfType(BadRequestException.class)
                    .as(refused.toString())
                    .isThrownBy(() -> client.openWorkspace(refused));
        }
        assertThat(client.listWorkspaces()).isEmpty();
        try (EmbeddedAgent withoutEngine = EmbeddedAgent.builder()
                        .dockerHost("unix:///nowhere/docker.sock")
                        .start();
                AgentClient its = AgentClient.builder()
                        .baseUrl(withoutEngine.baseUrl())
                        .agentToken(withoutEngine.token())
                        .build()) {
            assertFails(Reason.ENGINE_UNAVAILABLE, () -> its.openWorkspace(request()));
        }
        HttpServer old = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        old.start();
        try (AgentClient its =
                client(URI.create("http://127.0.0.1:" + old.getAddress().getPort()))) {
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> its.openWorkspace(request()))
                    .withMessageContaining("this agent has no workspaces");
        } finally {
            old.stop(0);
        }
    }

    /** What a program without the SDK gets wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "calls/12345678 | {\"operation\":\"fly\"} | no operation fly",
                "calls/12345678 | {\"operation\":\"read\",\"arguments\":{\"agent\":\"a\"}} | arguments of read",
                "calls/12345678 | {\"operation\":\"read\",\"arguments\":{\"agent\":\"a\",\"path\":\"x\",\"offset\":\"y\",\"limit\":1}} | arguments of read",
                "calls/12345678 | {\"operation\":\"ls\",\"arguments\":{\"agent\":\"a\",\"path\":\"x\",\"more\":1}} | arguments of ls",
                "calls/12345678 | {\"operation\":\"ls\",\"arguments\":[]} | JSON object",
                "calls/1 | {\"operation\":\"agents\"} | key must have",
                "calls/12345678?wait=x | {\"operation\":\"agents\"} | wait must be",
                "contents/..%2Fx | x | key of a content",
                "contents/12345678?offset=7 | x | no place 7"
            })
    void aRequestThatIsWrongIsRefused(String path, String body, String message) throws Exception {
        try (Workspace workspace = client.openWorkspace(request())) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            agent.baseUrl().resolve("/workspaces/" + workspace.id() + "/" + path))
                                    .header("Authorization", agent.token())
                                    .PUT(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 409);
            assertThat(answer.body()).contains(message);
        }
    }

    /** 200 MB there and back, and an output of 1 GB, with little memory. */
    @Test
    void contentsDoNotFillTheMemory() throws IOException {
        try (WorkspaceProcess process = WorkspaceProcess.startOnAgent(engine, agent, "-Xmx32m")) {
            assertThat(process.line()).isNotBlank();
            assertThat(process.request("transfer")).isEqualTo("true " + WorkspaceProcess.LARGE);
            assertThat(process.request("output")).isEqualTo("0 1000");
        }
    }

    @Test
    void whatACommandIsGivenArrives() {
        try (Workspace workspace = client.openWorkspace(
                request().environment(java.util.Map.of("ALL", "every")).commandTimeout(Duration.ofSeconds(1)))) {
            WorkspaceAgent writer = workspace.agent("writer");
            assertThat(writer.execute(Command.of("echo $ALL $ONE; sleep 60")
                            .environment(java.util.Map.of("ONE", "single"))
                            .outputFile("log")))
                    .satisfies(result -> assertThat(result.timedOut()).isTrue())
                    .satisfies(result -> assertThat(result.output()).isEqualTo("every single\n"));
            assertThat(writer.read("log").content()).isEqualTo("every single");
        }
    }
}
