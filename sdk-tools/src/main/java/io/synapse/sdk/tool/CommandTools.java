package io.synapse.sdk.tool;

import static io.synapse.sdk.tool.ToolParameter.optional;
import static io.synapse.sdk.tool.ToolParameter.required;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.tool.ToolParameter.Kind;
import io.synapse.sdk.workspace.ToolResult;
import io.synapse.sdk.workspace.ToolResults;
import java.util.List;

/** The tool that executes commands. */
final class CommandTools {
    /** As the layer above the protocol has it (wire/workspace.md, section 2). */
    private static final int MOST_SECONDS = 3_600;

    private static final String DESCRIPTION = """
            Executes a shell command (sh -c) in the workspace, and gives what it wrote to its standard output and error, and \
            its exit code. It starts in your own folder; each call is a new shell, so cd and variables do not last. At its \
            time limit the command is ended with all its processes, and the exit code is 124. Of a long output the first and \
            the last part are given: write it to a file and search that. Prefer the tools read, write, edit, ls, grep and \
            glob to commands that do the same.""";

    private final ToolResults results;

    CommandTools(ToolResults results) {
        this.results = results;
    }

    List<Tool> tools() {
        return List.of(Tool.changing(
                "execute",
                DESCRIPTION,
                List.of(
                        required(
                                "command", Kind.STRING, "The command, with pipes, quotes and variables as in a shell."),
                        optional(
                                "timeout",
                                Kind.INTEGER,
                                "Time limit in seconds, at most 3600; 0 for none. Without it, that of the workspace.")),
                this::execute));
    }

    private ToolAnswer execute(ToolArguments arguments) {
        Integer timeout = arguments.optionalInteger("timeout");
        if (timeout != null && timeout > MOST_SECONDS) {
            throw BadRequestException.refused("the timeout can be " + MOST_SECONDS + " s at most, not " + timeout);
        }
        ToolResult.Execute result = results.execute(arguments.text("command"), timeout);
        String error = result.error();
        return ToolAnswer.of(result, error == null ? text(result) : error);
    }

    private static String text(ToolResult.Execute result) {
        String output =
                result.output().isEmpty() || result.output().endsWith("\n") ? result.output() : result.output() + "\n";
        return output + "[exit code "
                + (result.exitCode() == null ? "unknown: the shell was killed" : result.exitCode()) + "]";
    }
}
