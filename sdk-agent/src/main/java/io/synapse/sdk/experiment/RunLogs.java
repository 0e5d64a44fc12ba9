package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text logs of a run, joined. Immutable.
 *
 * @param content all files, one after the other, each after a line with its name
 * @param files the files
 * @param totalFiles how many files there are
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record RunLogs(
        @Nullable String content,
        List<RunFile> files,
        @Nullable Long totalFiles,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public RunLogs {
        files = Copies.of(files);
        additionalProperties = Copies.of(additionalProperties);
    }
}
