package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.workspace.FileContent;
import io.synapse.sdk.workspace.FileContent.Encoding;
import io.synapse.sdk.workspace.FileContent.Lines;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.util.Base64;
import java.util.Optional;

/**
 * A file that was read from its beginning to its end.
 *
 * @param version the SHA-256 of all its bytes, in hexadecimal
 * @param size in bytes
 * @param content what there is to see of it
 */
record ScannedFile(String version, long size, PageContent content) {
    /**
     * What the user is given of it.
     *
     * @throws WorkspaceException when the window is past the end, or the file is binary and too large
     */
    FileContent of(String path) {
        if (content instanceof PageContent.Text text) {
            Optional<Long> next = text.nextOffset().isPresent()
                    ? Optional.of(text.nextOffset().getAsLong())
                    : Optional.empty();
            Lines lines = new Lines(text.startLine(), text.endLine(), text.totalLines(), next);
            return of(path, Encoding.UTF_8, text.text(), Optional.of(lines), text.cut());
        }
        if (content instanceof PageContent.Binary binary) {
            String base64 = Base64.getEncoder().encodeToString(binary.bytes());
            return of(path, Encoding.BASE64, base64, Optional.empty(), false);
        }
        if (content instanceof PageContent.OffsetPastEnd end) {
            throw new WorkspaceException(
                    Reason.PAST_END,
                    "the offset " + end.offset() + " is past the end of " + path + ", which has " + end.totalLines()
                            + " lines");
        }
        if (content instanceof PageContent.BinaryTooLarge) {
            throw new WorkspaceException(
                    Reason.TOO_LARGE,
                    path + " is binary and has " + size + " bytes; up to " + PageScanner.BINARY_BYTES
                            + " can be read, and any number downloaded");
        }
        return of(path, Encoding.UTF_8, "", Optional.empty(), false); // empty, or no lines were asked for
    }

    private FileContent of(String path, Encoding encoding, String text, Optional<Lines> lines, boolean truncated) {
        return new FileContent(path, version, size, encoding, text, lines, truncated);
    }
}
