package io.synapse.sdk.gateway.server.internal.command;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.embedded.internal.ShellWord;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.EngineUnavailableException;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceLostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
            Output live)
            throws InterruptedException {
        String program = arguments.stream().map(ShellWord::quoted).collect(Collectors.joining(" "));
        String folder =
                workingDir == null || workingDir.isEmpty() ? "" : "cd -- " + ShellWord.quoted(workingDir) + " && ";
        CommandResult result = execute(Command.of(folder + "exec " + program)
                .environment(environment)
                .timeout(timeout)
                .outputLimit(MAX_OUTPUT));
        if (!result.output().isEmpty()) {
            live.write(result.output());
        }
        int exitCode = result.timedOut() ? -1 : result.exitCode().orElse(-1);
        return new CommandOutcome(
                exitCode, result.output(), "", result.duration(), result.timedOut(), result.truncated());
    }

    private CommandResult execute(Command command) throws InterruptedException {
        try {
            return agent.execute(command);
        } catch (CallCancelledException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("the command was cancelled").initCause(e);
            }
            throw unavailable("the workspace was closed", e);
        } catch (EngineUnavailableException e) {
            throw unavailable("the Docker Engine of the workspace cannot be reached", e);
        } catch (WorkspaceLostException e) {
            throw unavailable("the container of the workspace does not run any more", e);
        }
    }

    /** The log alone has the details: callers are not told of the engine. */
    private static GatewayFailure unavailable(String why, ClientException cause) {
        LOG.warn(why, cause);
        return new GatewayFailure(Kind.UNAVAILABLE, why).mayHaveRun(cause.mayHaveBeenExecuted());
    }
}
