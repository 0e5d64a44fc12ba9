package io.synapse.sdk.experiments.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hashes of files that grow, so that adding to one does not read all of it again. Thread-safe. */
final class HashCache {
    /** 32 files of each of 500 workers. One takes up to 1 kB, of which the state of the hash is 0.4. */
    private static final int MOST = 16_000;

    private static final int BUFFER = 64 << 10;

    private final Map<Path, Known> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Known> eldest) {
            return size() > MOST;
        }
    };

    /** Of all bytes that a file has; of none when there is no file. To be gone on with by the caller. */
    ContentHash of(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return ContentHash.empty();
        }
        State state = State.of(file);
        Known known = get(file);
        if (known != null && known.state().equals(state)) {
            return known.hash().copy();
        }
        ContentHash hash = ofFirst(file, state.size());
        put(file, new Known(state, hash)); // that of before: what was added meanwhile is not in the hash
        return hash.copy();
    }

    /** The hash of what the file has just been made to be. */
    void put(Path file, ContentHash hash) throws IOException {
        put(file, new Known(State.of(file), hash));
    }

    private synchronized void put(Path file, Known known) {
        entries.put(file, known);
    }

    private synchronized @Nullable Known get(Path file) {
        return entries.get(file);
    }

    /** Of the first bytes of a file; of fewer when it has fewer. */
    static ContentHash ofFirst(Path file, long length) throws IOException {
        ContentHash hash = ContentHash.empty();
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (long left = length; left > 0; ) {
                int read = bytes.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    break;
                }
                hash.add(buffer, 0, read);
                left -= read;
            }
        }
        return hash;
    }

    private record Known(State state, ContentHash hash) {}

    /** By which another content is noticed. */
    private record State(
            long size, FileTime modified, @Nullable Object key) {
        static State of(Path file) throws IOException {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new State(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }
}
