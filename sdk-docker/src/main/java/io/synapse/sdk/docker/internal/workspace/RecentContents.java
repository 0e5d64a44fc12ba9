package io.synapse.sdk.docker.internal.workspace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What small files had in versions that were read or written lately: a conflict can then tell what changed. Safe for use by
 * several threads.
 */
final class RecentContents {
    /** The longest content that is kept, in bytes. */
    static final int MOST_BYTES = 256 << 10;

    private static final int MOST_BYTES_IN_ALL = 8 << 20;

    private final Map<String, byte[]> contents = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** Remembers a content; one that is too long, it leaves. */
    synchronized void put(String version, byte[] content) {
        if (content.length <= MOST_BYTES && contents.put(version, content) == null) {
            bytes += content.length;
            var oldest = contents.values().iterator();
            while (bytes > MOST_BYTES_IN_ALL) {
                bytes -= oldest.next().length;
                oldest.remove();
            }
        }
    }

    synchronized Optional<byte[]> get(String version) {
        return Optional.ofNullable(contents.get(version));
    }
}
