package io.synapse.sdk.experiments.internal.metric;

import io.synapse.sdk.embedded.internal.FileRange;
import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A metrics file as it is at a moment, with the places of its rows: their cells stay in the file, so that a large one needs little
 * memory. Not thread-safe.
 */
final class CsvTable implements Closeable {
    /** So much of the file is in memory. */
    private static final int WINDOW = 64 << 10;

    private final FileChannel file;
    private final Set<String> columns = new LinkedHashSet<>();
    private final List<Row> rows = new ArrayList<>();
    private final ContentHash hash = ContentHash.empty();
    private long size;
    private @Nullable CsvHeader header;
    private byte[] window = new byte[0];
    private long windowAt;

    /**
     * A row.
     *
     * @param at where its line begins in the file
     * @param length of its line, in bytes
     * @param number of the row in its file
     * @param step its cell of this name
     * @param epoch its cell of this name
     */
    record Row(CsvHeader header, long at, int length, int number, double step, double epoch) {}

    private CsvTable(FileChannel file) {
        this.file = file;
    }

    /**
     * Reads where the rows of a file are. A last line without its end may be cut within a number; in a file that is over, it is a
     * row if it has all its cells.
     */
    static CsvTable open(Path path, boolean isOver) throws IOException {
        CsvTable table = new CsvTable(FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        try {
            table.read(isOver);
            return table;
        } catch (IOException | RuntimeException e) {
            table.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The columns of all its headers. */
    Set<String> columns() {
        return columns;
    }

    /** Whether it has rows and each has an epoch, or it has none. */
    boolean hasEpochs() {
        return rows.stream().allMatch(row -> Double.isFinite(row.epoch()));
    }

    /** Its rows in this order; those that are equal in it as in the file. */
    List<Row> rows(Comparator<Row> order) {
        rows.sort(order);
        return rows;
    }

    /** The step of a row: its number in the file when it has none. */
    double step(Row row) {
        double step = columns.contains("step") ? row.step() : row.epoch();
        return Double.isFinite(step) ? step : row.number();
    }

    /** The cells of a row. */
    List<String> cells(Row row) throws IOException {
        if (row.at() < windowAt || row.at() + row.length() > windowAt + window.length) {
            window = FileRange.read(file, row.at(), Math.max(WINDOW, row.length()));
            windowAt = row.at();
        }
        int from = (int) (row.at() - windowAt);
        int length = Math.min(row.length(), window.length - from);
        return CsvLine.cells(CsvLine.text(new String(window, from, length, StandardCharsets.UTF_8)));
    }

    /** Whether the file still begins with what was read of it: what was added since then does not matter. */
    boolean isUnchanged() throws IOException {
        file.position(0);
        return ContentHash.ofFirst(Channels.newInputStream(file), size).value().equals(hash.value());
    }

    private void read(boolean isOver) throws IOException {
        InputStream bytes = Channels.newInputStream(file);
        byte[] buffer = new byte[WINDOW];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int length = bytes.read(buffer); length >= 0; length = bytes.read(buffer)) {
            hash.add(buffer, 0, length);
            int from = 0;
            for (int at = 0; at < length; at++) {
                if (buffer[at] == '\n') {
                    line.write(buffer, from, at + 1 - from);
                    add(line, true);
                    from = at + 1;
                }
            }
            line.write(buffer, from, length - from);
        }
        if (isOver) {
            add(line, false);
        } else {
            size += line.size();
        }
    }

    /** Adds a line; one without its end only if it has all its cells. */
    private void add(ByteArrayOutputStream line, boolean isWhole) {
        String text = CsvLine.text(line.toString(StandardCharsets.UTF_8));
        List<String> cells = CsvLine.cells(text);
        if (!text.isBlank()
                && (isWhole || header != null && cells.size() == header.cells().size())) {
            if (header == null || isWhole && header.isFollowedBy(cells)) {
                header = new CsvHeader(cells);
                columns.addAll(cells);
            } else {
                rows.add(new Row(
                        header,
                        size,
                        line.size(),
                        rows.size(),
                        number(header, "step", cells),
                        number(header, "epoch", cells)));
            }
        }
        size += line.size();
        line.reset();
    }

    private static double number(CsvHeader header, String column, List<String> cells) {
        int index = header.cells().indexOf(column);
        return index >= 0 && index < cells.size() ? CsvLine.number(cells.get(index)) : Missing.VALUE;
    }
}
