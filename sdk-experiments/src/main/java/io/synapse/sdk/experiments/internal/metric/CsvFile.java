package io.synapse.sdk.experiments.internal.metric;

import io.synapse.sdk.experiments.internal.file.ContentHash;
import io.synapse.sdk.experiments.internal.file.GrowingContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Reads the metrics of a CSV file that grows (wire/experiments.md, section 8). Only whole lines are rows: the last one
 * without its end may have been cut inside a number.
 */
public final class CsvFile {
    /** About so many {@link RowBlock#cells} are read at once, so that a large file does not fill the memory. */
    public static final int MAX_CELLS = 1 << 20;

    /** The longest line, in bytes with its end: so many of a line are in memory. */
    static final int MAX_LINE = 1 << 20;

    private CsvFile() {}

    /** Where rows go. */
    public interface Sink {
        /** The file no longer begins with what was read of it: what was told before does not count. */
        void restarted();

        /** The next rows, which have these columns. */
        void rows(CsvHeader header, RowBlock rows);
    }

    /**
     * Reads the rows that a file has beyond a position, until they have {@link #MAX_CELLS}. A line that is too long is
     * left out; when that is the first one, the rows are counted and have no metrics.
     *
     * @param content that the file has, as far as it is known; how far it was read is noted there
     * @param isOver whether nothing will be added, so that a last line without its end counts if it has all cells
     * @return the position behind what was read
     */
    public static CsvPosition read(Path file, GrowingContent content, CsvPosition from, boolean isOver, Sink sink)
            throws IOException {
        try (InputStream bytes = open(file)) {
            boolean hasAnotherLastLine = from.isUnfinished() && Files.size(file) != from.offset();
            ContentHash known = content.hashOfFirst(from.offset()).orElse(null);
            ContentHash hash = known == null ? ContentHash.ofFirst(bytes, from.offset()) : known;
            if (!hasAnotherLastLine && hash.value().equals(from.hash())) {
                if (known != null) {
                    bytes.skipNBytes(from.offset());
                }
                return read(bytes, content, from, hash, isOver, sink);
            }
        }
        sink.restarted();
        try (InputStream bytes = open(file)) {
            return read(bytes, content, CsvPosition.START, ContentHash.empty(), isOver, sink);
        }
    }

    private static CsvPosition read(
            InputStream bytes, GrowingContent content, CsvPosition from, ContentHash hash, boolean isOver, Sink sink)
            throws IOException {
        CsvPosition after = new CsvLines(from, hash, sink).read(bytes, isOver);
        content.note(after.offset(), hash);
        return after;
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }
}
