package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.embedded.internal.OwnerOnly;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one stream on disk, one JSON document a line, and its end. A line that was not written to its end, as by
 * a process that was killed, is none. A message is written before a reader gets it, and so survives the end of the process.
 * The file is synced at the end of the stream only, since that takes milliseconds: a machine that loses its power may lose
 * the last messages of a stream that had not ended. Its reader is told so, since the file then has fewer than it has seen.
 */
final class StreamFile {
    private static final String REQUEST = "request";
    private static final String NUMBER = "n";
    private static final String MESSAGE = "m";
    private static final String END = "end";

    /** Not a channel, which an interrupt of the writing thread would close. */
    private final FileOutputStream file;

    private StreamFile(FileOutputStream file) {
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
        StreamFile file = appendingTo(Files.createFile(path, OwnerOnly.file()));
        file.write(Json.text(Map.of(REQUEST, request)) + "\n");
        return file;
    }

    /** The file of a stream that goes on after these bytes. */
    static StreamFile continued(Path path, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        return appendingTo(path);
    }

    private static StreamFile appendingTo(Path path) throws IOException {
        return new StreamFile(new FileOutputStream(path.toFile(), true));
    }

    /** Reads what is there. */
    static Content read(Path path) throws IOException {
        String text = Files.readString(path, StandardCharsets.UTF_8);
        List<StreamEntry> entries = new ArrayList<>();
        String request = "";
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            Map<String, @Nullable Object> line = Json.fields(text.substring(from, end));
            from = end + 1;
            if (line.get(REQUEST) instanceof String known) {
                request = known;
                continue;
            }
            if (line.containsKey(END)) {
                Map<String, @Nullable Object> failure = Json.object(line.get(END));
                return new Content(
                        request,
                        entries,
                        true,
                        failure.isEmpty() ? null : GatewayFailure.restored(failure),
                        bytes(text, from));
            }
            long number = line.get(NUMBER) instanceof Number count ? count.longValue() : 0;
            entries.add(new StreamEntry(number, Json.text(Json.object(line.get(MESSAGE)))));
        }
        return new Content(request, entries, false, null, bytes(text, from));
    }

    private static long bytes(String text, int length) {
        return text.substring(0, length).getBytes(StandardCharsets.UTF_8).length;
    }

    void append(StreamEntry entry) throws IOException {
        write("{\"" + NUMBER + "\":" + entry.number() + ",\"" + MESSAGE + "\":" + entry.json() + "}\n");
    }

    /** Puts the end on disk, if it is to be there, and closes the file. */
    void end(@Nullable GatewayFailure failure, boolean isKept) throws IOException {
        try (file) {
            if (isKept) {
                Map<String, @Nullable Object> end = new LinkedHashMap<>();
                end.put(END, failure == null ? Map.of() : failure.stored());
                write(Json.text(end) + "\n");
                file.getFD().sync();
            }
        }
    }

    private void write(String line) throws IOException {
        file.write(line.getBytes(StandardCharsets.UTF_8));
    }
}
