package io.synapse.sdk.experiments.internal.metric;

import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes rows of the bytes of one reading of a CSV file. Not thread-safe. */
final class CsvLines {
    private static final int BUFFER = 64 << 10;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ContentHash hash;
    private final CsvFile.Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long offset;
    private long rows;
    private boolean isUnfinished;
    private boolean hasWideRow;
    private @Nullable CsvHeader header;
    private RowBlock.@Nullable Builder block;
    private int[] metricOfColumn = {};
    private int stepColumn = -1;

    CsvLines(CsvPosition from, ContentHash hash, CsvFile.Sink sink) {
        this.hash = hash;
        this.sink = sink;
        offset = from.offset();
        rows = from.rows();
        hasWideRow = from.hasWideRow();
        isUnfinished = from.isUnfinished();
        if (from.header() != null) {
            begin(from.header());
        }
    }

    CsvPosition read(InputStream bytes, boolean isOver) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long most = rows + CsvFile.MAX_ROWS;
        int length = bytes.read(buffer);
        for (; length >= 0 && rows < most; length = bytes.read(buffer)) {
            addBytes(buffer, length);
        }
        if (isOver && length < 0 && line.size() > 0) {
            addLastLine();
        }
        tell();
        return new CsvPosition(offset, hash.value(), rows, header, isUnfinished, hasWideRow);
    }

    private void addBytes(byte[] buffer, int length) {
        int from = 0;
        for (int at = 0; at < length; at++) {
            if (buffer[at] == '\n') {
                line.write(buffer, from, at + 1 - from);
                from = at + 1;
                endLine();
            }
        }
        line.write(buffer, from, length - from);
    }

    private void endLine() {
        String text = take();
        if (!text.isBlank()) {
            add(text);
        }
    }

    private void addLastLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        if (header != null && CsvLine.cells(text).size() == header.cells().size()) {
            isUnfinished = true;
            add(take());
        }
    }

    private String take() {
        byte[] bytes = line.toByteArray();
        line.reset();
        hash.add(bytes, 0, bytes.length);
        String text = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
        boolean isFirst = offset == 0;
        offset += bytes.length;
        return isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private void add(String text) {
        List<String> cells = CsvLine.cells(text);
        if (header == null || header.isFollowedBy(cells)) {
            tell();
            begin(new CsvHeader(cells));
        } else {
            addRow(cells);
        }
    }

    private void begin(CsvHeader begun) {
        header = begun;
        metricOfColumn = begun.metricOfColumn();
        stepColumn = begun.stepColumn();
        block = new RowBlock.Builder(begun.metrics());
    }

    private void addRow(List<String> cells) {
        RowBlock.Builder builder = Objects.requireNonNull(block);
        hasWideRow |= cells.size() > metricOfColumn.length;
        double step =
                stepColumn >= 0 && stepColumn < cells.size() ? CsvLine.number(cells.get(stepColumn)) : Missing.VALUE;
        builder.addRow(Double.isFinite(step) ? step : rows);
        rows++;
        for (int column = 0; column < Math.min(cells.size(), metricOfColumn.length); column++) {
            if (metricOfColumn[column] >= 0) {
                builder.set(metricOfColumn[column], CsvLine.number(cells.get(column)));
            }
        }
        if (builder.rows() == MetricStore.CHUNK) {
            tell();
        }
    }

    private void tell() {
        if (block != null && header != null && block.rows() > 0) {
            sink.rows(header, block.take());
        }
    }
}
