package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.internal.http.Deadline;
import java.io.IOException;
import java.io.InputStream;

/** Sends content of any length to a shell, piece by piece. */
final class UploadPieces {
    private static final int PIECE = 1 << 20;
    private static final int BLOCK = 65_536;

    private UploadPieces() {}

    /**
     * Sends all of a content.
     *
     * @param first the request that takes the first piece, which may be empty; each other is added
     * @param copy is given each piece before it is sent
     * @param path what it is for, in messages
     */
    static void send(Shell shell, String first, InputStream content, Shell.Content copy, String path)
            throws IOException, InterruptedException {
        String request = first;
        byte[] piece = content.readNBytes(PIECE); // no more than there is: most files are small
        int length = piece.length;
        do {
            copy.take(piece, 0, length);
            Shell.Answer answer = shell.call(
                    request + " " + length / BLOCK + " " + length % BLOCK,
                    piece,
                    length,
                    Shell.Content.NOTHING,
                    Deadline.NONE);
            FileFailures.check(answer, path);
            request = "add";
            length = content.readNBytes(piece, 0, piece.length);
        } while (length > 0);
    }
}
