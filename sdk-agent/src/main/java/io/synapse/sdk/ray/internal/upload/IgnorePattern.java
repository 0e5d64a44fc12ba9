package io.synapse.sdk.ray.internal.upload;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a file such as {@code .gitignore}, as <a href="https://git-scm.com/docs/gitignore">git</a> reads it.
 *
 * @param path matches a path relative to the file's folder; for a pattern without a slash, the last name of the path
 * @param wholePath whether it matches the path and not its last name
 * @param foldersOnly whether it matches folders only
 * @param includes whether it includes what an earlier pattern excludes
 */
record IgnorePattern(Pattern path, boolean wholePath, boolean foldersOnly, boolean includes) {
    /** The pattern of a line; empty for a blank one, a comment, and one that can match nothing. */
    static Optional<IgnorePattern> of(String line) {
        String glob = withoutTrailingSpaces(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        if (glob.isEmpty() || glob.startsWith("#")) {
            return Optional.empty();
        }
        boolean includes = glob.startsWith("!");
        glob = includes ? glob.substring(1) : glob;
        boolean foldersOnly = glob.endsWith("/");
        glob = foldersOnly ? glob.substring(0, glob.length() - 1) : glob;
        boolean wholePath = glob.indexOf('/') >= 0;
        glob = glob.startsWith("/") ? glob.substring(1) : glob;
        return new Glob(glob).regex().map(path -> new IgnorePattern(path, wholePath, foldersOnly, includes));
    }

    /**
     * Whether it matches this file or folder.
     *
     * @param relative its path, relative to the folder of the ignore file, with slashes
     */
    boolean matches(String relative, boolean isFolder) {
        if (foldersOnly && !isFolder) {
            return false;
        }
        String subject = wholePath ? relative : relative.substring(relative.lastIndexOf('/') + 1);
        return path.matcher(subject).matches();
    }

    private static String withoutTrailingSpaces(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ' && !isEscaped(line, end - 1)) {
            end--;
        }
        return line.substring(0, end);
    }

    private static boolean isEscaped(String line, int index) {
        int backslashes = 0;
        while (index - backslashes > 0 && line.charAt(index - backslashes - 1) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
