package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.embedded.internal.OwnerOnly;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one stream on disk, one JSON document a line, and its end. A line that was not written to its end, as by
 * a process that was killed or on a full disk, is none. A message is written before a reader gets it, and so survives the
 * end of the process. The file is synced at the end of the stream only, since that takes milliseconds: a machine that loses its power may lose
 * the last messages of a stream that had not ended. Its reader is told so, since the file then has fewer than it has seen.
 */
final class StreamFile {
    private static final String REQUEST = "request";
    private static final String NUMBER = "n";
    private static final String MESSAGE = "m";
    private static final String END = "end";

    /** Not a channel, which an interrupt of the writing thread would close. */
    private final RandomAccessFile file;

    private StreamFile(RandomAccessFile file) {
        this.file = file;
    }

    /**
     * What is on disk of a stream.
     *
     * @param request its request, as it was given
     * @param entries its messages
     * @param over whether it has ended
     * @param failure how it failed, if it did
     * @param length how many bytes of the file can be read
     */
    record Content(
            String request,
            List<StreamEntry> entries,
            boolean over,
            @Nullable GatewayFailure failure,
            long length) {}

    /**
     * A new file.
     *
     * @param request what the stream is an answer to
     */
    static StreamFile create(Path path, String request) throws IOException {
        StreamFile file = continued(Files.createFile(path, OwnerOnly.file()), 0);
        try {
            file.write(Json.text(Map.of(REQUEST, request)));
            return file;
        } catch (IOException e) {
            file.end(null, false);
            Files.delete(path);
            throw e;
        }
    }

    /** The file of a stream that goes on after these bytes. */
    static StreamFile continued(Path path, long length) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(length);
        file.seek(length);
        return new StreamFile(file);
    }

    /**
     * Reads what is there.
     *
     * @throws IOException also when a line is none of this version
     */
    static Content read(Path path) throws IOException {
        try {
            return content(path);
        } catch (IllegalArgumentException e) {
            throw new IOException("a line cannot be understood", e);
        }
    }

    private static Content content(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        List<StreamEntry> entries = new ArrayList<>();
        String request = "";
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] != '\n') {
                continue;
            }
            Map<String, @Nullable Object> line =
                    Json.fields(new String(bytes, from, at - from, StandardCharsets.UTF_8));
            from = at + 1;
            if (line.get(REQUEST) instanceof String known) {
                request = known;
            } else if (line.containsKey(END)) {
                Map<String, @Nullable Object> end = Json.object(line.get(END));
                return new Content(request, entries, true, end.isEmpty() ? null : GatewayFailure.restored(end), from);
            } else {
                long number = line.get(NUMBER) instanceof Number count ? count.longValue() : 0;
                entries.add(new StreamEntry(number, Json.text(Json.object(line.get(MESSAGE)))));
            }
        }
        return new Content(request, entries, false, null, from);
    }

    void append(StreamEntry entry) throws IOException {
        write("{\"" + NUMBER + "\":" + entry.number() + ",\"" + MESSAGE + "\":" + entry.json() + "}");
    }

    /** Puts the end on disk, if it is to be there, and closes the file. */
    void end(@Nullable GatewayFailure failure, boolean isKept) throws IOException {
        try (file) {
            if (isKept) {
                Map<String, @Nullable Object> end = new LinkedHashMap<>();
                end.put(END, failure == null ? Map.of() : failure.stored());
                write(Json.text(end));
                file.getFD().sync();
            }
        }
    }

    /** A line of which only a part could be written is taken back: the next one would be joined to it. */
    private void write(String line) throws IOException {
        long before = file.getFilePointer();
        try {
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            file.setLength(before);
            throw e;
        }
    }
}
