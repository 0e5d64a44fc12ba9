package io.synapse.sdk.workspace;

import java.util.Optional;

/**
 * A window of a text file, or a small binary file.
 *
 * @param path the absolute path that was read, as commands see it
 * @param version the version of the whole file, for {@link WriteCondition#ifVersion}
 * @param size the size of the whole file in bytes
 * @param encoding how the content is given
 * @param content text: the lines of the window, divided by {@code \n} whatever divides them in the file, without a line end
 *     after the last; of a binary file all bytes, in base64
 * @param lines the window; empty for a binary file, for an empty file, and when no lines were asked for
 * @param truncated whether the last line of the window is cut, since a window has at most 500 KiB; it is read again from
 *     the window's {@link Lines#next()}
 */
public record FileContent(
        String path,
        String version,
        long size,
        Encoding encoding,
        String content,
        Optional<Lines> lines,
        boolean truncated) {
    /** How content is given. */
    public enum Encoding {
        /** As text. */
        UTF_8,
        /** In base64, since the file is not text. */
        BASE64
    }

    /**
     * A window of lines.
     *
     * @param first the number of its first line, from 1
     * @param last the number of its last line
     * @param total how many lines the file has
     * @param next the offset that continues after the window; empty at the end of the file
     */
    public record Lines(long first, long last, long total, Optional<Long> next) {}
}
