package io.synapse.sdk.workspace;

import java.util.List;

/**
 * The files that a pattern matches.
 *
 * @param paths absolute, as commands see them, in order
 * @param truncated whether there may be more: 10,000 files, or the time limit were reached
 */
public record GlobResult(List<String> paths, boolean truncated) {
    /** Keeps a copy of the list. */
    public GlobResult {
        paths = List.copyOf(paths);
    }
}
