package io.synapse.sdk.gateway.server.internal.command;

import io.synapse.sdk.embedded.internal.ShellWord;
import io.synapse.sdk.workspace.Command;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commands in the container of a workspace, as one of its agents. A workspace gives both outputs as one, in the order in
 * which they were written.
 */
final class WorkspaceCommands implements CommandRunner {
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
        CommandResult result = agent.execute(Command.of(folder + "exec " + program)
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
}
