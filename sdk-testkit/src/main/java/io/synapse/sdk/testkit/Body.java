package io.synapse.sdk.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;

/** Copies message bodies byte for byte, and knows where they end (RFC 9112, section 6). */
final class Body {
    private static final int BUFFER = 16 * 1024;

    private Body() {}

    static void copyOfRequest(Head head, InputStream in, OutputStream out) throws IOException {
        if (head.has("Transfer-Encoding", "chunked")) {
            copyChunks(in, out);
        } else {
            copy(in, out, contentLength(head));
        }
    }

    static void copyOfReply(String method, Head head, InputStream in, OutputStream out) throws IOException {
        if (hasNoBody(method, head.status())) {
            return;
        }
        if (head.has("Transfer-Encoding", "chunked")) {
            copyChunks(in, out);
        } else if (head.header("Content-Length").isPresent()) {
            copy(in, out, contentLength(head));
        } else {
            in.transferTo(out);
        }
    }

    static boolean hasNoBody(String method, int status) {
        return method.equals("HEAD") || status == 204 || status == 304;
    }

    static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the connection ended " + left + " bytes early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private static void copyChunks(InputStream in, OutputStream out) throws IOException {
        long size;
        do {
            size = chunkSize(Head.copyLine(in, out));
            if (size > 0) {
                copy(in, out, size);
                Head.copyLine(in, out);
            }
        } while (size > 0);
        String trailer;
        do {
            trailer = Head.copyLine(in, out);
        } while (!trailer.isEmpty());
    }

    private static long chunkSize(String line) throws ProtocolException {
        try {
            return Long.parseLong(line.split(";", 2)[0].strip(), 16);
        } catch (NumberFormatException e) {
            throw new ProtocolException("not the size of a chunk");
        }
    }

    private static long contentLength(Head head) throws ProtocolException {
        try {
            return head.header("Content-Length").map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException e) {
            throw new ProtocolException("not a content length");
        }
    }
}
