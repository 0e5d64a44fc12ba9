package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.internal.value.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that comes in pieces: its version is that of the whole file, also where only some of its lines are
 * shown. What is kept is bounded by what can be shown, whatever the size of the file and of its lines. Not safe for use
 * by several threads.
 */
final class PageScanner {
    /** The most that a page of text may take, together with the notice that it was cut. */
    static final int PAGE_BYTES = 500 * 1024;

    /** The most that the notice may take. */
    static final int NOTICE_BYTES = 256;

    /** The most that is shown of what is not text. */
    static final int BINARY_BYTES = 512_000;

    /** What tells text from other content, as in the protocol's source. Bytes that are zero are text there. */
    private static final int BEGINNING_BYTES = 8 * 1024;

    private final long offset;
    private final long limit;
    private final MessageDigest digest = Sha256.digest();

    /** What came until it is known whether it is text, and of what is not text all that can be shown. */
    private LimitedBytes beginning;

    private @Nullable LineWindow window; // of a text
    private boolean binary;
    private long size;

    /**
     * @param path of the file: some names are those of files that are not text
     * @param offset how many lines to leave out; a negative one is 0
     * @param limit how many to show at most; none when it is not positive
     */
    PageScanner(String path, long offset, long limit) {
        this.offset = Math.max(offset, 0);
        this.limit = Math.max(limit, 0);
        binary = BinaryName.is(path);
        beginning = new LimitedBytes(binary ? BINARY_BYTES : BEGINNING_BYTES);
    }

    /** The next piece of the file, which may end anywhere. */
    void add(byte[] bytes, int from, int length) {
        digest.update(bytes, from, length);
        size += length;
        int taken = window == null ? beginning.add(bytes, from, length) : 0;
        if (window == null && !binary && beginning.isFull()) {
            decide();
        }
        if (window != null) {
            window.add(bytes, from + taken, length - taken);
        } else {
            beginning.add(bytes, from + taken, length - taken);
        }
    }

    /** What was read, when all has been added. To be asked once. */
    ScannedFile finish() {
        if (window == null && !binary) {
            decide();
        }
        return new ScannedFile(HexFormat.of().formatHex(digest.digest()), size, content());
    }

    private PageContent content() {
        if (size == 0) {
            return new PageContent.Empty();
        }
        if (window == null) {
            return size > BINARY_BYTES
                    ? new PageContent.BinaryTooLarge(size)
                    : new PageContent.Binary(beginning.toArray());
        }
        return limit == 0 ? new PageContent.NoLinesRequested() : window.content();
    }

    /** Whether it is text, by how it begins; what came so far then goes where it belongs. */
    private void decide() {
        byte[] bytes = beginning.toArray();
        binary = !Utf8.isBeginningOfText(bytes);
        beginning = new LimitedBytes(binary ? BINARY_BYTES : 0);
        if (binary) {
            beginning.add(bytes, 0, bytes.length);
        } else {
            window = new LineWindow(offset, limit, PAGE_BYTES - NOTICE_BYTES);
            window.add(bytes, 0, bytes.length);
        }
    }
}
