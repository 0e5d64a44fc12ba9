package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import io.synapse.sdk.experiments.internal.metric.Curves;
import io.synapse.sdk.experiments.internal.metric.Missing;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of metrics as the original writes them: a list of objects, with null for NaN and infinity. They are written as they
 * are read, because there may be millions.
 */
final class RowsDocument extends JsonSerializable.Base {
    /** How a list of rows is written. */
    enum Form {
        /** Numbers as floats, an empty cell as empty text. */
        FLOATS,
        /** Columns of whole numbers as such, an empty cell as null. */
        KEPT
    }

    /** Up to this size every whole number is a double. */
    private static final double MAX_WHOLE = 1L << 53;

    private final Curves curves;
    private final List<String> columns;
    private final double[] @Nullable [] values;
    private final boolean[] areWhole;
    private final Form form;

    /**
     * The rows with these columns.
     *
     * @param step the name of the column that has the steps; null when none has
     */
    RowsDocument(Curves curves, List<String> columns, @Nullable String step, Form form) {
        this.curves = curves;
        this.columns = columns;
        this.form = form;
        values = columns.stream()
                .map(column ->
                        column.equals(step) ? curves.steps() : curves.values().get(column))
                .toArray(double[][]::new);
        areWhole = new boolean[values.length];
        for (int column = 0; column < values.length; column++) {
            areWhole[column] = form == Form.KEPT && isWhole(values[column]);
        }
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartArray();
        for (int row = 0; row < curves.rows(); row++) {
            json.writeStartObject();
            for (int column = 0; column < values.length; column++) {
                double[] all = values[column];
                json.writeFieldName(columns.get(column));
                write(json, all == null ? Missing.VALUE : all[row], areWhole[column]);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(json, provider);
    }

    private void write(JsonGenerator json, double value, boolean isWhole) throws IOException {
        if (Double.isFinite(value)) {
            if (isWhole) {
                json.writeNumber((long) value);
            } else {
                json.writeNumber(value);
            }
        } else if (form == Form.FLOATS && Missing.is(value)) {
            json.writeString("");
        } else {
            json.writeNull();
        }
    }

    private static boolean isWhole(double @Nullable [] column) {
        return column != null
                && Arrays.stream(column)
                        .filter(Double::isFinite)
                        .allMatch(value -> value == Math.rint(value) && Math.abs(value) < MAX_WHOLE);
    }
}
