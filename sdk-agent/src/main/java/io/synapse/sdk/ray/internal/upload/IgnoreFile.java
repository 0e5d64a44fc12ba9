package io.synapse.sdk.ray.internal.upload;

import java.util.List;
import java.util.Optional;

/**
 * The patterns of one ignore file, of which the last that matches counts.
 *
 * @param base the folder that it is in, relative to the top, with a slash at its end; empty for the top itself
 * @param patterns its patterns in order
 */
record IgnoreFile(String base, List<IgnorePattern> patterns) {
    static IgnoreFile of(String base, List<String> lines) {
        return new IgnoreFile(
                base,
                lines.stream().map(IgnorePattern::of).flatMap(Optional::stream).toList());
    }

    /**
     * Whether a file or folder is left out; empty when nothing is said of it.
     *
     * @param path its path, relative to the top
     */
    Optional<Boolean> leavesOut(String path, boolean isFolder) {
        String relative = path.substring(base.length());
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).matches(relative, isFolder)) {
                return Optional.of(!patterns.get(i).keeps());
            }
        }
        return Optional.empty();
    }
}
