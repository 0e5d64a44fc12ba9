package io.synapse.sdk.workspace.internal;

import io.synapse.sdk.workspace.RunningCommand;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceAgent;
import io.synapse.sdk.workspace.WorkspaceEvents;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a workspace that a client asks an agent for (wire/agent.md, section 7): {@link WorkspaceCalls} has them
 * all. Not API.
 *
 * @param name what it is called
 * @param arguments the record of its arguments, sent as JSON in snake case
 * @param result the record of its result; {@code Void} for none
 * @param isRepeatable whether performing it twice is the same as once, so that its result need not be kept
 * @param action performs it where the workspace is
 * @param <A> the arguments
 * @param <R> the result
 */
public record WorkspaceCall<A extends Record, R extends @Nullable Object>(
        String name, Class<A> arguments, Class<R> result, boolean isRepeatable, BiFunction<Host, A, R> action) {
    /** What an operation acts on: a workspace, and what a client has there. */
    public interface Host {
        /** The workspace. */
        Workspace workspace();

        /** The agent of this name. */
        default WorkspaceAgent agent(String name) {
            return workspace().agent(name);
        }

        /** The file with what the client has sent, or will fetch, under this key. */
        Path content(String key);

        /** Commands in the background. */
        Handles<RunningCommand> commands();

        /** Folders that are watched. */
        Handles<WorkspaceEvents> watches();
    }

    /** Objects that stay where the workspace is, each with an id by which the client knows it. */
    public interface Handles<T> {
        /** Keeps an object, and gives it an id. */
        String keep(T object);

        /**
         * The object of this id.
         *
         * @throws io.synapse.sdk.workspace.WorkspaceException when there is none
         */
        T get(String id);

        /** Forgets an object; empty when it is not known. */
        Optional<T> remove(String id);
    }

    /** The result for these arguments, whose type the agent has found by the name. */
    public @Nullable Object perform(Host host, Record values) {
        return action.apply(host, arguments.cast(values));
    }
}
