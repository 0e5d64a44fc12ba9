package io.synapse.sdk.workspace;

import java.nio.file.Path;
import java.util.List;

/**
 * A container in which several AI agents work: each {@linkplain #agent agent} has a folder of its own that the others
 * cannot read, and all have {@code /workspace/shared}.
 *
 * <pre>{@code
 * try (Workspace workspace = DockerWorkspace.builder().image("python:3.12-slim").open()) {
 *     WorkspaceAgent research = workspace.agent("research");
 *     research.write("/workspace/shared/notes.md", "draft", WriteCondition.ifAbsent());
 *     CommandResult run = research.execute("wc -c < /workspace/shared/notes.md");
 * }
 * }</pre>
 *
 * <p><b>What is no wall.</b> Agents are users of one system: their files, processes and environments are kept apart by
 * its rights. They share one kernel, one network, one limit of memory and processes, and {@code /tmp}. For agents that
 * must not affect each other at all, open a workspace for each.
 *
 * <p>Safe for use by any number of threads. Methods throw a {@link WorkspaceException} when the workspace fails, and
 * {@link IllegalStateException} once it is closed.
 */
public interface Workspace extends AutoCloseable {
    /** The folder of all agents: every file of the workspace is below it. */
    String ROOT = "/workspace";

    /** The folder that every agent may read and write. */
    String SHARED = ROOT + "/shared";

    /** The identity of the workspace: the id of its container, or of a workspace on an agent, its id there. */
    String id();

    /** The asynchronous twin. */
    AsyncWorkspace async();

    /**
     * The agent of this name, which is made when there is none. Two calls with the same name give the same agent.
     *
     * @param name 1 to 64 of the characters {@code a-z A-Z 0-9 . _ -}, the first a letter or a digit; the name of its
     *     folder in {@value #ROOT}. {@code shared} is taken
     * @throws io.synapse.sdk.BadRequestException when the name is not such a name
     */
    WorkspaceAgent agent(String name);

    /** The names of the agents that have a folder, in order; those of an earlier workspace on the same container too. */
    List<String> agents();

    /**
     * Writes all files of the workspace, with their owners and rights, into a tar file of this machine. Files that are
     * written meanwhile may be in it half; commands are not stopped.
     *
     * @param target is replaced once the snapshot is complete, and left as it was when it fails
     */
    Snapshot snapshot(Path target);

    /**
     * Replaces all files of the workspace by those of a snapshot. Agents must not run commands meanwhile. When it fails,
     * the files are as they were. An agent whose folder has another owner afterwards is closed. In an image with BusyBox,
     * symbolic links become root's, which changes nothing in their use.
     *
     * @throws io.synapse.sdk.BadRequestException when there is no such file
     */
    void restore(Path snapshot);

    /**
     * Watches for files and folders that are created, changed or deleted in a folder and below it.
     *
     * @param path an absolute path in {@value #ROOT}
     */
    WorkspaceEvents watch(String path);

    /**
     * Starts the workspace again after a {@link WorkspaceLostException}: its files are kept, its commands are gone. Does
     * nothing where it runs.
     *
     * @throws WorkspaceLostException when its container was removed
     */
    void reopen();

    /**
     * Ends all commands, and removes what opening the workspace made: its container with its files. A container that was
     * there before is left as it is, running. Closing again has no effect.
     *
     * @throws WorkspaceException when something could not be removed; the message names it
     */
    @Override
    void close();
}
