package io.synapse.sdk.workspace.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceEvents;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceLostException;
import io.synapse.sdk.workspace.WorkspaceRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client asks its agent for when something does not go as planned, and what the caller is told. */
@Timeout(30)
class RemoteWorkspaceTest {
    private static final String DONE = "{\"done\":true}";
    private static final String PENDING = "{\"done\":false,\"progress\":\"pulling\"}";

    private final MockWebServer server = new MockWebServer();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile Function<String, MockResponse> agent = request -> reply(DONE);
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String line = request.getMethod() + " "
                        + request.getTarget().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "*");
                seen.add(line);
                return agent.apply(line);
            }
        });
        server.start();
        client = AgentClient.builder()
                .baseUrl(server.url("/").toString())
                .agentToken("token")
                .build();
    }

    @AfterEach
    void stop() {
        Thread.interrupted();
        client.close();
        server.close();
    }

    private static MockResponse reply(String json) {
        return new MockResponse.Builder().body(json).build();
    }

    private static MockResponse notFound(String request) {
        return new MockResponse.Builder()
                .code(404)
                .body("{\"detail\":\"none\"}")
                .build();
    }

    /** As in a block that is left because its thread was interrupted. */
    @Test
    void anInterruptedThreadClosesWhatItOpened() {
        Workspace workspace = client.openWorkspace();
        WorkspaceAgent worker = workspace.agent("worker");
        seen.clear();

        Thread.currentThread().interrupt();
        worker.close();
        workspace.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).containsExactly("PUT /workspaces/*/calls/*/", "DELETE /workspaces/*/");
        workspace.close();
        assertThat(seen).as("closing again").hasSize(2);
    }

    @Test
    void anOpeningThatIsInterruptedIsUndoneAndGivesNoWorkspace() {
        Thread caller = Thread.currentThread();
        agent = request -> {
            caller.interrupt();
            return reply(request.startsWith("PUT") ? PENDING : DONE);
        };

        assertThatExceptionOfType(CallCancelledException.class).isThrownBy(client::openWorkspace);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen.get(seen.size() - 1)).isEqualTo("DELETE /workspaces/*/");
    }

    @Test
    void anOpeningWhoseProgressCannotBeToldIsUndone() {
        agent = request -> reply(request.startsWith("PUT") ? PENDING : DONE);
        WorkspaceRequest request = WorkspaceRequest.defaults().onProgress(text -> {
            throw new UnsupportedOperationException(text);
        });

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> client.openWorkspace(request))
                .withMessage("pulling");

        assertThat(seen).containsExactly("PUT /workspaces/*/?wait=1", "DELETE /workspaces/*/");
    }

    /** Else an agent that has forgotten it would perform it again. */
    @Test
    void anOperationThatHasBegunIsOnlyJoined() {
        Workspace workspace = client.openWorkspace();
        seen.clear();
        agent = request -> reply(request.contains("join") ? DONE : PENDING);

        workspace.reopen();

        assertThat(seen).containsExactly("PUT /workspaces/*/calls/*/", "PUT /workspaces/*/calls/*/?join=true");
    }

    @Test
    void aWorkspaceThatIsGoneIsLostWhateverIsAskedOfIt() {
        Workspace workspace = client.openWorkspace();
        WorkspaceAgent worker = workspace.agent("worker");
        agent = RemoteWorkspaceTest::notFound;

        assertThatExceptionOfType(WorkspaceLostException.class).isThrownBy(() -> worker.write("file", "x"));
        assertThatExceptionOfType(WorkspaceLostException.class)
                .isThrownBy(() -> worker.write("file", "x".repeat(300_000)));
        assertThatExceptionOfType(WorkspaceLostException.class).isThrownBy(workspace::agents);
        workspace.close();
    }

    @Test
    void aWatchThatIsClosedBeforeTheAgentGetsTheCallIsClosedAndNotUnknown() {
        agent = request -> reply("{\"done\":true,\"result\":{\"id\":\"watch\"}}");
        WorkspaceEvents events = client.openWorkspace().watch("/workspace");
        AtomicBoolean isNext = new AtomicBoolean(true);
        agent = request -> {
            if (!isNext.getAndSet(false)) {
                return reply(DONE);
            }
            events.close();
            return reply(
                    "{\"done\":true,\"failure\":{\"kind\":\"WORKSPACE\",\"reason\":\"NOT_FOUND\",\"message\":\"none\"}}");
        };

        assertThatExceptionOfType(CallCancelledException.class)
                .isThrownBy(() -> events.next(Duration.ofSeconds(1)))
                .withMessageContaining("the watch was closed");

        assertThat(isNext).isFalse();
    }

    @Test
    void aRequestThatTheAgentDoesNotTakeIsTooLarge() {
        Workspace workspace = client.openWorkspace();
        WorkspaceAgent worker = workspace.agent("worker");
        agent = request -> new MockResponse.Builder().code(413).body("{}").build();

        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> worker.execute("true"))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(WorkspaceException.Reason.TOO_LARGE));
    }
}
