package io.synapse.sdk.experiments.internal.http;

import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.EofException;

/**
 * Answers with the bytes of a file, or the part of them that {@code Range} asks for. The file is opened once and its size
 * taken then: one that grows meanwhile is sent up to that, one that is replaced is sent as it was, and one that shrinks ends
 * the connection before the promised length, so that nobody takes the answer for whole.
 */
final class FileReply {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");
    private static final int BUFFER = 64 << 10;

    private FileReply() {}

    /**
     * Sends a file, whose type the caller has set.
     *
     * @throws Failure 400 for a range of another form, 416 for one that begins behind the end
     */
    static void send(Context request, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            request.header("Accept-Ranges", "bytes");
            String range = request.header("Range");
            // There is no validator which If-Range could name.
            if (range == null || request.header("If-Range") != null) {
                send(request, channel, 0, size);
                return;
            }
            Matcher asked = RANGE.matcher(range);
            if (!asked.matches()) {
                throw Failure.badRequest("of Range only bytes=FIRST- and bytes=FIRST-LAST are known here");
            }
            long first = Long.parseLong(asked.group(1));
            long last = asked.group(2) == null ? size - 1 : Math.min(Long.parseLong(asked.group(2)), size - 1);
            if (asked.group(2) != null && Long.parseLong(asked.group(2)) < first) {
                throw Failure.badRequest("the range ends before it begins");
            }
            if (first >= size) {
                request.header("Content-Range", "bytes */" + size);
                throw Failure.of(416, "Range Not Satisfiable", "the file has " + size + " bytes");
            }
            request.status(206).header("Content-Range", "bytes " + first + "-" + last + "/" + size);
            send(request, channel, first, last - first + 1);
        }
    }

    private static void send(Context request, FileChannel channel, long first, long count) throws IOException {
        request.res().setContentLengthLong(count);
        OutputStream body = request.res().getOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long sent = 0; sent < count; sent += buffer.position()) {
            buffer.clear().limit((int) Math.min(BUFFER, count - sent));
            if (channel.read(buffer, first + sent) < 0) {
                throw new EofException("a file has become shorter while it was sent"); // Jetty finds out what lacks
            }
            body.write(buffer.array(), 0, buffer.position());
        }
    }
}
