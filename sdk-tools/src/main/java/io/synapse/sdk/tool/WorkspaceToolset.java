package io.synapse.sdk.tool;

import io.synapse.sdk.workspace.ToolResults;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tools of one agent of a workspace: {@code execute read write edit delete ls grep glob}. Immutable, and safe for use by
 * any number of threads.
 */
public final class WorkspaceToolset {
    private final WorkspaceAgent agent;
    private final List<Tool> tools;

    private WorkspaceToolset(WorkspaceAgent agent) {
        this.agent = agent;
        ToolResults results = agent.toolResults();
        this.tools = Stream.of(
                        new CommandTools(results).tools(),
                        new FileTools(results).tools(),
                        new SearchTools(results).tools())
                .flatMap(List::stream)
                .toList();
    }

    /** The tools of an agent, with its rights and its folder. */
    public static WorkspaceToolset of(WorkspaceAgent agent) {
        return new WorkspaceToolset(agent);
    }

    /** All tools. */
    public List<Tool> tools() {
        return tools;
    }

    /** What a model must know of the workspace, for its instructions. */
    public String instructions() {
        return "You are the agent " + agent.name() + " in a workspace that several agents share. Your folder is "
                + agent.folder()
                + ", where relative paths begin and which other agents cannot read; all agents can read and"
                + " write /workspace/shared. Other agents may change shared files at any time: pass the version that"
                + " read gave you as if_version to write and edit, and if_absent to create a file. On a conflict nothing"
                + " was changed: the error has the current version and what differs; read again and repeat your change.";
    }

    /**
     * Calls a tool.
     *
     * @param arguments text, numbers and booleans by the names of parameters
     * @return an error when there is no such tool
     */
    public ToolAnswer call(String name, Map<String, ?> arguments) {
        return tools.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .map(each -> each.call(arguments))
                .orElseGet(() -> ToolAnswer.error("Error: there is no tool " + name + ", but "
                        + String.join(", ", tools.stream().map(Tool::name).toList())));
    }
}
