package io.synapse.sdk.workspace;

import java.util.List;

/**
 * The lines that contain a text.
 *
 * @param matches in the order of paths and lines
 * @param truncated whether there may be more: the number asked for, the time limit, or 16 MiB were reached
 */
public record GrepResult(List<Match> matches, boolean truncated) {
    /** Keeps a copy of the list. */
    public GrepResult {
        matches = List.copyOf(matches);
    }

    /**
     * A line.
     *
     * @param path the absolute path of its file, as commands see it
     * @param line its number, from 1
     * @param text the line, without its end
     */
    public record Match(String path, long line, String text) {}
}
