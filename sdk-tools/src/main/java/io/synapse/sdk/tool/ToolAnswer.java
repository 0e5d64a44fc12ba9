package io.synapse.sdk.tool;

import io.synapse.sdk.workspace.ToolResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tool answers.
 *
 * @param text for a model to read
 * @param content the same as a value: the fields of a {@link ToolResult}, and {@code version} where there is one
 * @param isError whether the operation failed; a command that ends with another exit code than 0 has not failed
 */
public record ToolAnswer(String text, Map<String, @Nullable Object> content, boolean isError) {
    /** Keeps a copy of the content. */
    public ToolAnswer {
        content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
    }

    /** The answer to a call that could not be made. */
    static ToolAnswer error(String text) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("error", text);
        return new ToolAnswer(text, content, true);
    }

    static ToolAnswer of(ToolResult result, String text) {
        return new ToolAnswer(text, result.fields(), result.error() != null);
    }

    static ToolAnswer of(ToolResult result, String text, @Nullable String version) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>(result.fields());
        content.put("version", version);
        return new ToolAnswer(text, content, result.error() != null);
    }
}
