package io.synapse.sdk.experiments.internal.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.file.GrowingContent;
import io.synapse.sdk.experiments.internal.metric.CsvFile;
import io.synapse.sdk.experiments.internal.metric.CsvHeader;
import io.synapse.sdk.experiments.internal.metric.CsvPosition;
import io.synapse.sdk.experiments.internal.metric.CsvWarning;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import io.synapse.sdk.experiments.internal.metric.Missing;
import io.synapse.sdk.experiments.internal.metric.RowBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows that were read from a CSV file, before they are recorded. */
final class TableReading implements CsvFile.Sink {
    /** So many rows are told of in an event, with so many numbers; whoever follows reads more itself. */
    private static final int ROWS_IN_EVENT = 100;

    private static final int CELLS_IN_EVENT = 10_000;

    private static final String EPOCH = "epoch";

    private final CsvPosition before;
    private final List<CsvHeader> headers = new ArrayList<>();
    private final List<RowBlock> blocks = new ArrayList<>();
    private boolean isRestarted;
    private CsvPosition after;

    private TableReading(CsvPosition before) {
        this.before = before;
        this.after = before;
    }

    /** Reads some more rows. */
    static TableReading of(Path file, GrowingContent content, CsvPosition before, boolean isOver) throws IOException {
        TableReading reading = new TableReading(before);
        reading.after = CsvFile.read(file, content, before, isOver, reading);
        return reading;
    }

    @Override
    public void restarted() {
        isRestarted = true;
    }

    @Override
    public void rows(CsvHeader header, RowBlock rows) {
        headers.add(header);
        blocks.add(rows);
    }

    CsvPosition after() {
        return after;
    }

    /** Whether the file did not begin with what was read of it before. */
    boolean isRestarted() {
        return isRestarted;
    }

    /** How many rows were read before those of this reading. */
    long firstRow() {
        return isRestarted ? 0 : before.rows();
    }

    int rowCount() {
        return blocks.stream().mapToInt(RowBlock::rows).sum();
    }

    private long cellCount() {
        return blocks.stream().mapToLong(RowBlock::cells).sum();
    }

    /** Whether the file may have more rows than were read at once. */
    boolean isPart() {
        return !after.isAtEnd();
    }

    /** What there is to be told of the file. */
    List<String> warnings() {
        return after.warnings().stream().map(CsvWarning::sentence).toList();
    }

    /** What was told of it before this reading. */
    List<String> knownWarnings() {
        return isRestarted
                ? List.of()
                : before.warnings().stream().map(CsvWarning::sentence).toList();
    }

    void store(Handle transaction, MetricStore store, long run) {
        if (isRestarted) {
            store.clear(transaction, run);
        }
        blocks.forEach(block -> store.append(transaction, run, block));
        store.summarize(transaction, run);
    }

    /** The columns of the file. */
    List<String> columns(List<String> known) {
        Set<String> columns = new LinkedHashSet<>(isRestarted ? List.of() : known);
        headers.forEach(header -> columns.addAll(header.cells()));
        if (after.header() != null) {
            columns.addAll(after.header().cells());
        }
        columns.remove("");
        return List.copyOf(columns);
    }

    /** The column that has the steps, by the newest header. */
    @Nullable
    String stepColumn() {
        CsvHeader header = after.header();
        return header == null ? null : header.stepName();
    }

    /** The last value of the column epoch. */
    @Nullable
    Double lastEpoch(@Nullable Double known) {
        for (int block = blocks.size() - 1; block >= 0; block--) {
            RowBlock rows = blocks.get(block);
            boolean isStep = EPOCH.equals(headers.get(block).stepName());
            int column = rows.metrics().indexOf(EPOCH);
            double[] epochs = isStep ? rows.steps() : column < 0 ? new double[0] : rows.values()[column];
            for (int row = epochs.length - 1; row >= 0; row--) {
                if (Double.isFinite(epochs[row])) {
                    return epochs[row];
                }
            }
        }
        return isRestarted ? null : known;
    }

    /** The rows as events have them: none when they are many. */
    ArrayNode eventRows() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        if (rowCount() > ROWS_IN_EVENT || cellCount() > CELLS_IN_EVENT) {
            return all;
        }
        for (int block = 0; block < blocks.size(); block++) {
            RowBlock rows = blocks.get(block);
            String step = headers.get(block).stepName();
            for (int row = 0; row < rows.rows(); row++) {
                ObjectNode fields = all.addObject().put(step == null ? "step" : step, rows.steps()[row]);
                for (int column = 0; column < rows.metrics().size(); column++) {
                    double value = rows.values()[column][row];
                    if (!Missing.is(value)) {
                        fields.put(rows.metrics().get(column), value);
                    }
                }
            }
        }
        return all;
    }
}
