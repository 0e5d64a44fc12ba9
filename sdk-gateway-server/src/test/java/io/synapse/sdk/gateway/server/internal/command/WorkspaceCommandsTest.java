package io.synapse.sdk.gateway.server.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandOutput;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.EngineUnavailableException;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceLostException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command of a workspace is given to its shell word by word, and its end is told as that of a local one. */
class WorkspaceCommandsTest {
    private final AtomicReference<Command> given = new AtomicReference<>();
    private final AtomicReference<CommandResult> result = new AtomicReference<>();
    private final AtomicReference<ClientException> failure = new AtomicReference<>();
    private final List<CommandOutput> parts = new ArrayList<>();
    private final WorkspaceAgent agent = (WorkspaceAgent) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {WorkspaceAgent.class}, (proxy, method, arguments) -> {
                given.set((Command) arguments[0]);
                if (failure.get() != null) {
                    throw failure.get();
                }
                if (arguments.length > 1) {
                    @SuppressWarnings("unchecked")
                    Consumer<CommandOutput> live = (Consumer<CommandOutput>) arguments[1];
                    parts.forEach(live);
                }
                return result.get();
            });
    private final Commands commands = new Commands(true, Set.of("echo"), agent, Runnable::run);

    private Map<String, Object> run(String command, CommandResult how, List<String> live) throws Exception {
        result.set(how);
        CommandOrder order =
                new CommandOrder(command, List.of(), "/workspace/a b", Map.of("NAME", "value"), Duration.ofSeconds(7));
        return commands.run(order, () -> "now", live::add);
    }

    private static CommandResult ended(Integer code, String output, boolean isTimedOut) {
        return new CommandResult(code, output, "", 0, isTimedOut, false, Duration.ofMillis(1500));
    }

    @Test
    void eachWordIsQuoted() throws Exception {
        parts.add(new CommandOutput("x\n", 0, 2, true));
        List<String> live = new ArrayList<>();
        Map<String, Object> answer = run("echo 'a; rm -rf $HOME' \"it's\"", ended(0, "x\n", false), live);
        assertThat(given.get().text()).isEqualTo("cd -- '/workspace/a b' && exec 'echo' 'a; rm -rf $HOME' 'it'\\''s'");
        assertThat(given.get().timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(given.get().environment()).isEqualTo(Map.of("NAME", "value"));
        assertThat(live).containsExactly("x\n");
        assertThat(answer)
                .containsEntry("success", true)
                .containsEntry("exit_code", 0)
                .containsEntry("stdout", "x\n")
                .containsEntry("duration_seconds", 1.5)
                .containsEntry("executed_at", "now");
    }

    /** The text of a stream has no gap; the result says that output was cut. */
    @Test
    void outputIsGivenOnUpToWhereAPartIsMissing() throws Exception {
        parts.add(new CommandOutput("ä", 0, 2, false));
        parts.add(new CommandOutput("b", 2, 3, false));
        parts.add(new CommandOutput("z", 9, 10, false));
        parts.add(new CommandOutput("end", 10, 13, true));
        List<String> live = new ArrayList<>();

        run("echo x", new CommandResult(0, "äb", "zend", 6, false, false, Duration.ZERO), live);

        assertThat(live).containsExactly("ä", "b");
    }

    @Test
    void outputIsGivenOnUpToTheLimit() throws Exception {
        parts.add(new CommandOutput("a", 0, CommandRunner.MAX_OUTPUT, false));
        parts.add(new CommandOutput("b", CommandRunner.MAX_OUTPUT, CommandRunner.MAX_OUTPUT + 1, true));
        List<String> live = new ArrayList<>();

        run("echo x", ended(0, "a", false), live);

        assertThat(live).containsExactly("a");
    }

    @Test
    void theTimeLimitAndAnUnknownEndAreTold() throws Exception {
        assertThat(run("echo x", ended(124, "part", true), new ArrayList<>()))
                .containsEntry("exit_code", -1)
                .containsEntry("stdout", "part")
                .containsEntry("stderr", "Command timed out");
        assertThat(run("echo x", ended(null, "", false), new ArrayList<>())).containsEntry("exit_code", -1);
    }

    /** A workspace leaves the thread interrupted; the thread's next work must not be. */
    @Test
    void aCancellationIsAnInterruptOfTheGateway() {
        failure.set(new CallCancelledException(Failure.of(499, "interrupted").mayHaveBeenExecuted(true)));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run("echo x", null, new ArrayList<>()))
                .isInstanceOf(InterruptedException.class)
                .hasCause(failure.get());
        assertThat(Thread.interrupted()).isFalse();
    }

    static List<ClientException> endsOfAWorkspace() {
        Failure failure = Failure.of(503, "unix:///secret.sock is gone").mayHaveBeenExecuted(true);
        return List.of(
                new CallCancelledException(failure),
                new EngineUnavailableException(failure, null),
                new WorkspaceLostException(failure, null),
                new ConnectionException(failure, null),
                new RequestTimeoutException(RequestTimeoutException.Kind.READ, failure, null),
                new ServerException(failure, null));
    }

    @ParameterizedTest
    @MethodSource("endsOfAWorkspace")
    void theEndOfTheWorkspaceIsNoFaultOfTheGateway(ClientException end) {
        failure.set(end);
        assertThatExceptionOfType(GatewayFailure.class)
                .isThrownBy(() -> run("echo x", null, new ArrayList<>()))
                .satisfies(failed -> assertThat(failed.kind()).isEqualTo(GatewayFailure.Kind.UNAVAILABLE))
                .satisfies(failed -> assertThat(failed.fields()).containsEntry("may_have_run", true))
                .withMessageNotContaining("secret");
    }

    @Test
    void aProgramThatIsNotOnTheListIsNotRun() throws Exception {
        for (String command : List.of("rm x", "/bin/echo x", "./echo x", "''", "")) {
            assertThat(run(command, ended(0, "", false), new ArrayList<>()))
                    .containsEntry("success", false)
                    .containsEntry("exit_code", -1)
                    .containsEntry("stderr", "Command not allowed")
                    .containsEntry("executed_at", "");
        }
        assertThat(given.get()).isNull();
    }
}
