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

/** What is known of files that grow, so that adding to one does not read all of it again. Thread-safe. */
public final class HashCache {
    /** 32 files of each of 500 workers. One takes up to 1 kB, of which the state of the hash is 0.4. */
    private static final int MOST = 16_000;

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
            remove(file);
            return ContentHash.empty();
        }
        State state = State.of(file);
        Known known = get(file);
        if (known != null && known.state().equals(state)) {
            return known.hash().copy();
        }
        ContentHash hash = ofFirst(file, state.size());
        // The state of before: what was added meanwhile is not in the hash.
        put(file, new Known(state, hash, new GrowingContent()));
        return hash.copy();
    }

    /** The content that a file has, if it has not been changed since it became known; else one of which nothing is known. */
    public GrowingContent content(Path file) throws IOException {
        Known known = get(file);
        return known != null && known.state().equals(State.of(file)) ? known.content() : new GrowingContent();
    }

    /** The hash of what the file has just been made to be. */
    void replaced(Path file, ContentHash hash) throws IOException {
        put(file, new Known(State.of(file), hash, new GrowingContent()));
    }

    /** The hash of a file to whose content, of which {@link #of} was asked before, bytes have just been added. */
    void grown(Path file, ContentHash hash) throws IOException {
        Known known = get(file);
        put(file, new Known(State.of(file), hash, known == null ? new GrowingContent() : known.content()));
    }

    private synchronized void put(Path file, Known known) {
        entries.put(file, known);
    }

    private synchronized void remove(Path file) {
        entries.remove(file);
    }

    private synchronized @Nullable Known get(Path file) {
        return entries.get(file);
    }

    /** Of the first bytes of a file; of fewer when it has fewer. */
    static ContentHash ofFirst(Path file, long length) throws IOException {
        try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return ContentHash.ofFirst(bytes, length);
        }
    }

    private record Known(State state, ContentHash hash, GrowingContent content) {}

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
