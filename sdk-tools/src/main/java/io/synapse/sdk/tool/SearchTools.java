package io.synapse.sdk.tool;

import static io.synapse.sdk.tool.ToolParameter.optional;
import static io.synapse.sdk.tool.ToolParameter.required;

import io.synapse.sdk.tool.ToolParameter.Kind;
import io.synapse.sdk.workspace.FileInfo;
import io.synapse.sdk.workspace.ToolResult;
import io.synapse.sdk.workspace.ToolResults;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tools that find files. */
final class SearchTools {
    private static final int DEFAULT_MATCHES = 1_000;

    private static final String LS = """
            Lists a folder, hidden files included, without what is in its folders: path, size in bytes, time of the last \
            change. The path of a folder ends with a slash.""";
    private static final String GREP = """
            Searches files for lines that contain a text, literally (no regular expression) and with its case. Gives \
            path:line:text, lines counted from 1.""";
    private static final String GLOB = """
            Finds files by their names, at any depth below a folder. A pattern without a slash is for names (*.py); one with \
            a slash for paths below the folder (src/**/*.py). * ? [abc] [!a] {a,b} and ** are understood; hidden files match \
            only patterns that begin with a dot. Gives absolute paths in order.""";

    private final ToolResults results;

    SearchTools(ToolResults results) {
        this.results = results;
    }

    List<Tool> tools() {
        return List.of(ls(), grep(), glob());
    }

    private Tool ls() {
        return Tool.reading(
                "ls",
                LS,
                List.of(optional("path", Kind.STRING, "The folder; your own folder by default.")),
                arguments -> {
                    String path = arguments.optionalText("path");
                    ToolResult.Ls result = results.ls(path == null ? "." : path);
                    return ToolAnswer.of(result, text(result, result.entries(), SearchTools::line, false));
                });
    }

    private Tool grep() {
        return Tool.reading(
                "grep",
                GREP,
                List.of(
                        required("pattern", Kind.STRING, "The text; it cannot have a line end."),
                        optional("path", Kind.STRING, "A folder or a file; your own folder by default."),
                        optional(
                                "glob",
                                Kind.STRING,
                                "Which files to search, as a pattern of the tool glob; all by default."),
                        optional("max_count", Kind.INTEGER, "The greatest number of lines in all; 1000 by default.")),
                arguments -> {
                    ToolResult.Grep result = results.grep(
                            arguments.text("pattern"),
                            arguments.optionalText("path"),
                            arguments.optionalText("glob"),
                            arguments.integer("max_count", DEFAULT_MATCHES));
                    String text = text(
                            result,
                            result.matches(),
                            each -> each.path() + ":" + each.line() + ":" + each.text(),
                            result.truncated());
                    return ToolAnswer.of(result, text);
                });
    }

    private Tool glob() {
        return Tool.reading(
                "glob",
                GLOB,
                List.of(
                        required("pattern", Kind.STRING, "The pattern."),
                        optional("path", Kind.STRING, "The folder; your own folder by default.")),
                arguments -> {
                    ToolResult.Glob result = results.glob(arguments.text("pattern"), arguments.optionalText("path"));
                    return ToolAnswer.of(result, text(result, result.matches(), each -> each, result.truncated()));
                });
    }

    private static String line(FileInfo entry) {
        return entry.path() + (entry.isDirectory() ? "/" : "") + "\t" + entry.size() + "\t" + entry.modifiedAt();
    }

    private static <T> String text(
            ToolResult result, @Nullable List<T> found, Function<T, String> line, boolean truncated) {
        String error = result.error();
        if (error != null || found == null) {
            return String.valueOf(error);
        }
        String lines = found.isEmpty() ? "[nothing]" : found.stream().map(line).collect(Collectors.joining("\n"));
        return truncated ? lines + "\n[there may be more: narrow the search]" : lines;
    }
}
