package io.synapse.sdk.experiments.internal.metric;

import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes rows of the bytes of one reading of a CSV file. Not thread-safe. */
final class CsvLines {
    private static final int BUFFER = 64 << 10;

    private final ContentHash hash;
    private final CsvFile.Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Set<CsvWarning> warnings = new TreeSet<>();
    private long offset;
    private long rows;
    private long cellsTold;
    private boolean isUnfinished;
    private boolean isInLongLine;
    private @Nullable CsvHeader header;
    private RowBlock.@Nullable Builder block;

    CsvLines(CsvPosition from, ContentHash hash, CsvFile.Sink sink) {
        this.hash = hash;
        this.sink = sink;
        offset = from.offset();
        rows = from.rows();
        isUnfinished = from.isUnfinished();
        isInLongLine = from.isInLongLine();
        warnings.addAll(from.warnings());
        if (from.header() != null) {
            begin(from.header());
        }
    }

    CsvPosition read(InputStream bytes, boolean isOver) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int length = bytes.read(buffer);
        while (length >= 0 && addBytes(buffer, length)) {
            length = bytes.read(buffer);
        }
        boolean isAtEnd = length < 0;
        if (isOver && isAtEnd && line.size() > 0) {
            addLastLine();
        }
        tell();
        return new CsvPosition(offset, hash.value(), rows, header, isUnfinished, isAtEnd, isInLongLine, warnings);
    }

    /** Takes bytes, unless it has enough before all are taken: then those after the last line are not in the position. */
    private boolean addBytes(byte[] buffer, int length) {
        int from = 0;
        for (int at = 0; at < length; at++) {
            if (buffer[at] == '\n') {
                addToLine(buffer, from, at + 1);
                from = at + 1;
                endLine();
                if (cellsTold + (block == null ? 0 : block.cells()) >= CsvFile.MAX_CELLS) {
                    return false;
                }
            }
        }
        addToLine(buffer, from, length);
        return true;
    }

    private void addToLine(byte[] buffer, int from, int to) {
        if (!isInLongLine && line.size() + to - from > CsvFile.MAX_LINE) {
            isInLongLine = true;
            warnings.add(CsvWarning.LONG_LINE);
            take();
            if (header == null) {
                begin(new CsvHeader(List.of()));
            }
        }
        if (isInLongLine) {
            hash.add(buffer, from, to - from);
            offset += to - from;
        } else {
            line.write(buffer, from, to - from);
        }
    }

    private void endLine() {
        String text = take();
        if (!isInLongLine && !text.isBlank()) {
            add(text);
        }
        isInLongLine = false;
    }

    private void addLastLine() {
        String text = CsvLine.text(line.toString(StandardCharsets.UTF_8));
        if (header != null && CsvLine.cells(text).size() == header.cells().size()) {
            isUnfinished = true;
            add(take());
        }
    }

    private String take() {
        byte[] bytes = line.toByteArray();
        line.reset();
        hash.add(bytes, 0, bytes.length);
        offset += bytes.length;
        return CsvLine.text(new String(bytes, StandardCharsets.UTF_8));
    }

    private void add(String text) {
        List<String> cells = CsvLine.cells(text);
        if (header == null || header.isFollowedBy(cells)) {
            tell();
            begin(new CsvHeader(cells));
        } else {
            addRow(cells, header);
        }
    }

    private void begin(CsvHeader begun) {
        header = begun;
        block = new RowBlock.Builder(begun.metrics());
    }

    private void addRow(List<String> cells, CsvHeader columns) {
        RowBlock.Builder builder = Objects.requireNonNull(block);
        if (cells.size() > columns.cells().size()) {
            warnings.add(CsvWarning.WIDE_ROW);
        }
        int stepColumn = columns.stepColumn();
        double step =
                stepColumn >= 0 && stepColumn < cells.size() ? CsvLine.number(cells.get(stepColumn)) : Missing.VALUE;
        builder.addRow(Double.isFinite(step) ? step : rows);
        rows++;
        for (int column = 0; column < cells.size(); column++) {
            if (columns.metric(column) >= 0) {
                builder.set(columns.metric(column), value(cells.get(column)));
            }
        }
        if (builder.rows() == MetricStore.CHUNK) {
            tell();
        }
    }

    private double value(String cell) {
        double value = CsvLine.number(cell);
        if (Missing.is(value) && !cell.isEmpty()) {
            warnings.add(CsvWarning.TEXT);
        }
        return value;
    }

    private void tell() {
        if (block != null && header != null && block.rows() > 0) {
            cellsTold += block.cells();
            sink.rows(header, block.take());
        }
    }
}
