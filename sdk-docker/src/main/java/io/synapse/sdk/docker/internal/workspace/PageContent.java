package io.synapse.sdk.docker.internal.workspace;

import java.util.OptionalLong;

/** What there is to see of a file through a window of lines. */
sealed interface PageContent {
    /**
     * Lines of a text. Those that it has in full are {@code startLine} to {@code endLine}.
     *
     * @param text joined by {@code \n}, whatever ends them in the file, without one at the end
     * @param startLine counted from 1
     * @param totalLines of the file; an end of line at its end begins no other
     * @param nextOffset where to go on; empty at the end of the file
     * @param cut whether there was no room for all lines. The text then goes on with the beginning of the next line,
     *     which {@code nextOffset} leads to. Only a line that is too long for any page is counted as seen, or else
     *     reading would never get past it.
     */
    record Text(String text, long startLine, long endLine, long totalLines, OptionalLong nextOffset, boolean cut)
            implements PageContent {}

    /** No lines of a text were asked for. */
    record NoLinesRequested() implements PageContent {}

    /** The file has no bytes. */
    record Empty() implements PageContent {}

    /** The window begins after the last line. */
    record OffsetPastEnd(long offset, long totalLines) implements PageContent {}

    /** All bytes of what is not text. */
    record Binary(byte[] bytes) implements PageContent {}

    /** Not text, and more than can be shown. */
    record BinaryTooLarge(long size) implements PageContent {}
}
