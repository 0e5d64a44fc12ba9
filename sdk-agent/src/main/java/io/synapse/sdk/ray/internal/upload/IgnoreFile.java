package io.synapse.sdk.ray.internal.upload;

import java.util.List;
import java.util.Optional;

/**
 * The patterns of one ignore file; the last match applies.
 *
 * @param base its folder, relative to the top, with a final slash; empty for the top itself
 * @param patterns its patterns in order
 */
record IgnoreFile(String base, List<IgnorePattern> patterns) {
    static IgnoreFile of(String base, List<String> lines) {
        return new IgnoreFile(
                base,
                lines.stream().map(IgnorePattern::of).flatMap(Optional::stream).toList());
    }

    /**
     * Whether a file or folder is excluded; empty if no pattern matches.
     *
     * @param path its path, relative to the top
     */
    Optional<Boolean> excludes(String path, boolean isFolder) {
        String relative = path.substring(base.length());
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).matches(relative, isFolder)) {
                return Optional.of(!patterns.get(i).includes());
            }
        }
        return Optional.empty();
    }
}
