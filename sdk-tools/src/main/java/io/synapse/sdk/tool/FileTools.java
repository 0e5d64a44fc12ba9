package io.synapse.sdk.tool;

import static io.synapse.sdk.tool.ToolParameter.optional;
import static io.synapse.sdk.tool.ToolParameter.required;

import io.synapse.sdk.tool.ToolParameter.Kind;
import io.synapse.sdk.workspace.ToolResult;
import io.synapse.sdk.workspace.ToolResults;
import io.synapse.sdk.workspace.WorkspaceAgent;
import java.util.List;

/** The tools that read and change one file. */
final class FileTools {
    private static final ToolParameter PATH =
            required("file_path", Kind.STRING, "The file: an absolute path, or one that begins in your own folder.");
    private static final ToolParameter IF_VERSION = optional(
            "if_version",
            Kind.STRING,
            "Do it only if the file still has this version, as read, write or edit gave it.");

    private static final String READ = """
            Reads a file: a window of lines of a text file, without line numbers, or a small binary file in base64. The first \
            line of the answer tells which lines these are, at which offset to continue, and the version of the file. \
            Pass this version as if_version to write or edit, so that no change of another agent is lost.""";
    private static final String WRITE = """
            Writes a file as a whole, and makes missing folders. An existing file is replaced: pass if_version with the \
            version that you read, or if_absent for a new file. If another agent was faster, nothing is changed, and the \
            error has the current version and the lines that differ. Gives the new version.""";
    private static final String EDIT = """
            Replaces text in a file. old_string must be in the file exactly as given, with its blanks, and only once, \
            unless replace_all is true; give some lines around it to make it unique. Edits of different places by several \
            agents all take effect; pass if_version where the rest of the file matters too. Gives the new version.""";
    private static final String DELETE =
            "Deletes a file, or a folder with all it holds. Pass if_version to delete a file only as you have read it.";

    private final ToolResults results;

    FileTools(ToolResults results) {
        this.results = results;
    }

    List<Tool> tools() {
        return List.of(read(), write(), edit(), delete());
    }

    private Tool read() {
        return Tool.reading(
                "read",
                READ,
                List.of(
                        PATH,
                        optional("offset", Kind.INTEGER, "How many lines to leave out at the start; 0 by default."),
                        optional("limit", Kind.INTEGER, "How many lines to read; 2000 by default.")),
                arguments -> {
                    String path = arguments.text("file_path");
                    ToolResult.Read result = results.read(
                            path,
                            arguments.integer("offset", 0),
                            arguments.integer("limit", WorkspaceAgent.DEFAULT_LINES));
                    return ToolAnswer.of(result, text(path, result), result.version());
                });
    }

    private Tool write() {
        return Tool.changing(
                "write",
                WRITE,
                List.of(
                        PATH,
                        required("content", Kind.STRING, "The whole text of the file."),
                        IF_VERSION,
                        optional("if_absent", Kind.BOOLEAN, "Do it only if there is no such file.")),
                arguments -> {
                    ToolResult.Write result = results.write(
                            arguments.text("file_path"), arguments.text("content"), arguments.condition());
                    String done = "Written: " + result.path() + ", version " + result.version();
                    return ToolAnswer.of(result, orError(result, done), result.version());
                });
    }

    private Tool edit() {
        return Tool.changing(
                "edit",
                EDIT,
                List.of(
                        PATH,
                        required("old_string", Kind.STRING, "The text to be replaced."),
                        required("new_string", Kind.STRING, "The text in its place; another than old_string."),
                        optional("replace_all", Kind.BOOLEAN, "Replace all occurrences; false by default."),
                        IF_VERSION),
                arguments -> {
                    ToolResult.Edit result = results.edit(
                            arguments.text("file_path"),
                            arguments.text("old_string"),
                            arguments.text("new_string"),
                            arguments.flag("replace_all"),
                            arguments.condition());
                    String done = "Edited: " + result.path() + ", replaced " + result.occurrences() + ", version "
                            + result.version();
                    return ToolAnswer.of(result, orError(result, done), result.version());
                });
    }

    private Tool delete() {
        return Tool.changing("delete", DELETE, List.of(PATH, IF_VERSION), arguments -> {
            ToolResult.Delete result = results.delete(arguments.text("file_path"), arguments.condition());
            return ToolAnswer.of(result, orError(result, "Deleted: " + result.path()));
        });
    }

    /** A line about the content, then the content. */
    private static String text(String path, ToolResult.Read result) {
        ToolResult.FileData data = result.fileData();
        if (data == null) {
            return orError(result, "");
        }
        StringBuilder head = new StringBuilder("[").append(path);
        if (result.startLine() != null) {
            head.append(", lines ").append(result.startLine()).append(" to ").append(result.endLine());
            head.append(result.totalLines() == null ? "" : " of " + result.totalLines());
        } else if (data.encoding().equals("base64")) {
            head.append(", a binary file in base64");
        } else if (result.noLinesRequested()) {
            head.append(", no lines asked for");
        }
        head.append(result.nextOffset() == null ? "" : "; continue with offset " + result.nextOffset());
        return head + "; version " + result.version() + "]\n" + data.content();
    }

    private static String orError(ToolResult result, String done) {
        String error = result.error();
        return error == null ? done : error;
    }
}
