package io.synapse.sdk.experiments.internal.metric;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/** The bytes in which values are stored: little-endian doubles, and rows that name the metrics they have. */
final class Blob {
    private static final int PAIR = Integer.BYTES + Double.BYTES;

    private Blob() {}

    /** The doubles from this index on. */
    static byte[] of(double[] values, int from, int length) {
        ByteBuffer bytes = buffer(new byte[length * Double.BYTES]);
        bytes.asDoubleBuffer().put(values, from, length);
        return bytes.array();
    }

    /** Puts the doubles of a blob into an array, from this index on. */
    static void read(byte[] blob, double[] into, int at) {
        buffer(blob).asDoubleBuffer().get(into, at, blob.length / Double.BYTES);
    }

    /** A row: its step, then the id and the value of each metric that it has. */
    static byte[] ofRow(RowBlock block, int[] ids, int row) {
        int pairs = 0;
        for (double[] column : block.values()) {
            pairs += Missing.is(column[row]) ? 0 : 1;
        }
        ByteBuffer bytes = buffer(new byte[Double.BYTES + pairs * PAIR]).putDouble(block.steps()[row]);
        for (int column = 0; column < ids.length; column++) {
            if (!Missing.is(block.values()[column][row])) {
                bytes.putInt(ids[column]).putDouble(block.values()[column][row]);
            }
        }
        return bytes.array();
    }

    /** The step of a row; tells each of its metrics, with the value to be had from {@link #valueAt}. */
    static double readRow(byte[] row, IntConsumer eachPair) {
        for (int at = Double.BYTES; at < row.length; at += PAIR) {
            eachPair.accept(at);
        }
        return buffer(row).getDouble(0);
    }

    static int metricAt(byte[] row, int pair) {
        return buffer(row).getInt(pair);
    }

    static double valueAt(byte[] row, int pair) {
        return buffer(row).getDouble(pair + Integer.BYTES);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
