package io.synapse.sdk.workspace.internal.remote;

import io.synapse.sdk.workspace.CommandOutput;
import io.synapse.sdk.workspace.CommandResult;
import io.synapse.sdk.workspace.RunningCommand;
import io.synapse.sdk.workspace.internal.WorkspaceCalls;
import io.synapse.sdk.workspace.internal.WorkspaceCalls.CommandAnswer;
import io.synapse.sdk.workspace.internal.WorkspaceCalls.CommandState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command in the background of a workspace on an agent. Once it has ended, the agent is not asked any more. */
final class RemoteCommand implements RunningCommand {
    private final RemoteCalls calls;
    private final WorkspaceCalls.Id id;
    private volatile @Nullable CommandState ended;

    RemoteCommand(RemoteCalls calls, WorkspaceCalls.Id id) {
        this.calls = calls;
        this.id = id;
    }

    @Override
    public boolean isRunning() {
        return state().result() == null;
    }

    @Override
    public String output() {
        return state().output();
    }

    @Override
    public CommandOutput output(long position, Duration wait) {
        return calls.perform(
                WorkspaceCalls.COMMAND_OUTPUT,
                new WorkspaceCalls.NextOutput(id.id(), position, WorkspaceCalls.seconds(wait)));
    }

    @Override
    public Optional<CommandResult> result() {
        return Optional.ofNullable(state().result()).map(CommandAnswer::toResult);
    }

    @Override
    public CommandResult await(Duration timeout) {
        return known().orElseGet(() -> calls.perform(
                        WorkspaceCalls.AWAIT_COMMAND,
                        new WorkspaceCalls.Await(id.id(), WorkspaceCalls.seconds(timeout)))
                .toResult());
    }

    @Override
    public CommandResult kill() {
        return known().orElseGet(() -> RemoteCalls.uninterrupted(
                () -> calls.perform(WorkspaceCalls.KILL_COMMAND, id).toResult()));
    }

    /** Its result, if the agent has told it. */
    private Optional<CommandResult> known() {
        return Optional.ofNullable(ended).map(CommandState::result).map(CommandAnswer::toResult);
    }

    private CommandState state() {
        CommandState last = ended;
        if (last == null) {
            last = calls.perform(WorkspaceCalls.COMMAND_STATE, id);
            ended = last.result() == null ? null : last;
        }
        return last;
    }
}
