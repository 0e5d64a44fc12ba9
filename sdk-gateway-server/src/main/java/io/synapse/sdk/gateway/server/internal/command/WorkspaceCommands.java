package io.synapse.sdk.gateway.server.internal.command;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.embedded.internal.ShellWord;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandOutput;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.EngineUnavailableException;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceLostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands in the container of a workspace, as one of its agents. A workspace gives both outputs as one, in the order in
 * which they were written.
 */
final class WorkspaceCommands implements CommandRunner {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceCommands.class);

    private final WorkspaceAgent agent;

    WorkspaceCommands(WorkspaceAgent agent) {
        this.agent = agent;
    }

    @Override
    public CommandOutcome run(
            List<String> arguments,
            @Nullable String workingDir,
            Map<String, String> environment,
            Duration timeout,
            @Nullable Consumer<String> live)
            throws InterruptedException {
        String program = arguments.stream().map(ShellWord::quoted).collect(Collectors.joining(" "));
        String folder =
                workingDir == null || workingDir.isEmpty() ? "" : "cd -- " + ShellWord.quoted(workingDir) + " && ";
        Command command = Command.of(folder + "exec " + program)
                .environment(environment)
                .timeout(timeout)
                .outputLimit(MAX_OUTPUT);
        CommandResult result = execute(command, live);
        int exitCode = result.timedOut() ? -1 : result.exitCode().orElse(-1);
        return new CommandOutcome(
                exitCode, result.output(), "", result.duration(), result.timedOut(), result.truncated());
    }

    private CommandResult execute(Command command, @Nullable Consumer<String> live) throws InterruptedException {
        try {
            return live == null ? agent.execute(command) : agent.execute(command, new LiveOutput(live));
        } catch (CallCancelledException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("the command was cancelled").initCause(e);
            }
            throw unavailable("the workspace was closed", e);
        } catch (EngineUnavailableException e) {
            throw unavailable("the Docker Engine of the workspace cannot be reached", e);
        } catch (WorkspaceLostException e) {
            throw unavailable("the container of the workspace does not run any more", e);
        } catch (ConnectionException | RequestTimeoutException | ServerException e) {
            throw unavailable("the agent that has the workspace does not answer", e);
        }
    }

    /** Gives an output on up to the limit, or to where a part of it is not kept. */
    private static final class LiveOutput implements Consumer<CommandOutput> {
        private final Consumer<String> live;
        private long next;

        LiveOutput(Consumer<String> live) {
            this.live = live;
        }

        @Override
        public void accept(CommandOutput part) {
            if (part.position() == next && next < MAX_OUTPUT) {
                live.accept(part.text());
                next = part.next();
            }
        }
    }

    /** The log alone has the details: callers are not told of the engine. */
    private static GatewayFailure unavailable(String why, ClientException cause) {
        LOG.warn(why, cause);
        return new GatewayFailure(Kind.UNAVAILABLE, why).mayHaveRun(cause.mayHaveBeenExecuted());
    }
}
