package io.synapse.sdk.workspace;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tool of a model returns: a value for success and for failure. The components are those of the backend protocol of
 * LangChain's Deep Agents, see {@code docs/wire/workspace.md}, section 2.
 */
public sealed interface ToolResult {
    /** Why the operation failed, as a sentence or a code that a model can act on; null when it did not. */
    @Nullable
    String error();

    /**
     * The fields of the protocol under their names, in their order: text, numbers, booleans, null, lists and maps, ready to be
     * written as JSON. {@code version} is not among them, as the protocol has none.
     */
    Map<String, @Nullable Object> fields();

    /**
     * The result of a command.
     *
     * @param output what it wrote; where something was left out, a notice says how much. When there was no command, the error
     * @param exitCode its exit code, 124 at its time limit; null when it is unknown or no command was executed
     * @param truncated whether something of the output was left out
     * @param error why no command was executed, which the protocol gives as output
     */
    record Execute(
            String output,
            @Nullable Integer exitCode,
            boolean truncated,
            @Nullable String error) implements ToolResult {
        @Override
        public Map<String, @Nullable Object> fields() {
            return map("output", output, "exit_code", exitCode, "truncated", truncated);
        }
    }

    /**
     * A window of a file. The numbers are null for a binary file, an empty file, and when no lines were asked for.
     *
     * @param fileData the content; null when the operation failed
     * @param totalLines how many lines the file has
     * @param startLine the number of the first line, from 1
     * @param endLine the number of the last line that is complete
     * @param nextOffset the offset that continues after the window; null at the end of the file
     * @param noLinesRequested whether the limit was 0 or less
     * @param version the version of the whole file, for {@link WriteCondition#ifVersion}
     */
    record Read(
            @Nullable String error,
            @Nullable FileData fileData,
            @Nullable Long totalLines,
            @Nullable Long startLine,
            @Nullable Long endLine,
            @Nullable Long nextOffset,
            boolean noLinesRequested,
            @Nullable String version)
            implements ToolResult {
        @Override
        public Map<String, @Nullable Object> fields() {
            Map<String, @Nullable Object> data =
                    fileData == null ? null : map("content", fileData.content(), "encoding", fileData.encoding());
            Map<String, @Nullable Object> fields = map("error", error, "file_data", data, "total_lines", totalLines);
            fields.put("start_line", startLine);
            fields.put("end_line", endLine);
            fields.put("next_offset", nextOffset);
            fields.put("no_lines_requested", noLinesRequested);
            return fields;
        }
    }

    /**
     * Content of a file.
     *
     * @param content text, or the bytes in base64
     * @param encoding {@code utf-8} or {@code base64}
     */
    record FileData(String content, String encoding) {}

    /**
     * A file that was written.
     *
     * @param path its absolute path; null when the operation failed
     * @param version the version of what was written
     */
    record Write(
            @Nullable String error,
            @Nullable String path,
            @Nullable String version) implements ToolResult {
        @Override
        public Map<String, @Nullable Object> fields() {
            return map("error", error, "path", path);
        }
    }

    /**
     * A file that was edited.
     *
     * @param path its absolute path; null when the operation failed
     * @param occurrences how many occurrences were replaced
     * @param version the version of the edited file
     */
    record Edit(
            @Nullable String error,
            @Nullable String path,
            @Nullable Integer occurrences,
            @Nullable String version) implements ToolResult {
        @Override
        public Map<String, @Nullable Object> fields() {
            return map("error", error, "path", path, "occurrences", occurrences);
        }
    }

    /**
     * What was deleted.
     *
     * @param path the path as it was given; null when the operation failed
     */
    record Delete(@Nullable String error, @Nullable String path) implements ToolResult {
        @Override
        public Map<String, @Nullable Object> fields() {
            return map("error", error, "path", path);
        }
    }

    /**
     * What is in a folder.
     *
     * @param entries in the order of their names; null when the operation failed
     */
    record Ls(@Nullable String error, @Nullable List<FileInfo> entries) implements ToolResult {
        /** Keeps a copy of the list. */
        public Ls {
            entries = entries == null ? null : List.copyOf(entries);
        }

        @Override
        public Map<String, @Nullable Object> fields() {
            List<?> list =
                    entries == null ? null : entries.stream().map(Ls::fields).toList();
            return map("error", error, "entries", list);
        }

        private static Map<String, @Nullable Object> fields(FileInfo entry) {
            Map<String, @Nullable Object> fields =
                    map("path", entry.path(), "is_dir", entry.isDirectory(), "size", entry.size());
            fields.put("modified_at", entry.modifiedAt().toString());
            return fields;
        }
    }

    /**
     * Lines that contain a text.
     *
     * @param matches in the order of paths and lines; null when the operation failed
     * @param truncated whether there may be more
     */
    record Grep(@Nullable String error, @Nullable List<GrepResult.Match> matches, boolean truncated)
            implements ToolResult {
        /** Keeps a copy of the list. */
        public Grep {
            matches = matches == null ? null : List.copyOf(matches);
        }

        @Override
        public Map<String, @Nullable Object> fields() {
            List<?> list = matches == null
                    ? null
                    : matches.stream()
                            .map(each -> map("path", each.path(), "line", each.line(), "text", each.text()))
                            .toList();
            return map("error", error, "matches", list, "truncated", truncated);
        }
    }

    /**
     * Files that a pattern matches.
     *
     * @param matches their absolute paths in order; null when the operation failed
     * @param truncated whether there may be more
     */
    record Glob(@Nullable String error, @Nullable List<String> matches, boolean truncated) implements ToolResult {
        /** Keeps a copy of the list. */
        public Glob {
            matches = matches == null ? null : List.copyOf(matches);
        }

        @Override
        public Map<String, @Nullable Object> fields() {
            List<?> list = matches == null
                    ? null
                    : matches.stream()
                            .map(each -> map("path", each, "is_dir", false))
                            .toList();
            return map("error", error, "matches", list, "truncated", truncated);
        }
    }

    /**
     * What became of one upload.
     *
     * @param path the path as it was given
     * @param error {@code file_not_found}, {@code permission_denied}, {@code is_directory}, {@code invalid_path}, or a
     *     sentence
     */
    record Upload(String path, @Nullable String error) implements ToolResult {
        @Override
        public Map<String, @Nullable Object> fields() {
            return map("path", path, "error", error);
        }
    }

    /**
     * A file that was downloaded. Its field {@code content} is in base64, as JSON has no bytes.
     *
     * @param path the path as it was given
     * @param content its bytes; empty when the download failed
     * @param error as that of an {@link Upload}
     */
    record Download(
            String path, Optional<byte[]> content, @Nullable String error) implements ToolResult {
        @Override
        public Map<String, @Nullable Object> fields() {
            String base64 = content.map(Base64.getEncoder()::encodeToString).orElse(null);
            return map("path", path, "content", base64, "error", error);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Download that
                    && path.equals(that.path)
                    && Objects.equals(error, that.error)
                    && Arrays.equals(content.orElse(null), that.content.orElse(null));
        }

        @Override
        public int hashCode() {
            return Objects.hash(path, error, Arrays.hashCode(content.orElse(null)));
        }
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            map.put(String.valueOf(namesAndValues[index]), namesAndValues[index + 1]);
        }
        return map;
    }
}
