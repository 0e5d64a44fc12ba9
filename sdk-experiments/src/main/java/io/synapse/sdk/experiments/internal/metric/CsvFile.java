package io.synapse.sdk.experiments.internal.metric;

import io.synapse.sdk.experiments.internal.file.ContentHash;
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
    private static final int BUFFER = 64 << 10;

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
     * @param isOver whether nothing will be added, so that a last line without its end counts if it has all cells
     * @return the position behind what was read
     */
    public static CsvPosition read(Path file, CsvPosition from, boolean isOver, Sink sink) throws IOException {
        ContentHash hash = ContentHash.empty();
        try (InputStream bytes = open(file)) {
            boolean hasAnotherLastLine = from.isUnfinished() && Files.size(file) != from.offset();
            if (!hasAnotherLastLine && beginsAsBefore(bytes, from, hash)) {
                return new CsvLines(from, hash, sink).read(bytes, isOver);
            }
        }
        sink.restarted();
        try (InputStream bytes = open(file)) {
            return new CsvLines(CsvPosition.START, ContentHash.empty(), sink).read(bytes, isOver);
        }
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean beginsAsBefore(InputStream bytes, CsvPosition from, ContentHash hash) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = from.offset();
        while (left > 0) {
            int read = bytes.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                return false;
            }
            hash.add(buffer, 0, read);
            left -= read;
        }
        return hash.value().equals(from.hash());
    }
}
