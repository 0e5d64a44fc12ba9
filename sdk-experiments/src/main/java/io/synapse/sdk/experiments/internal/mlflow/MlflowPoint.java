package io.synapse.sdk.experiments.internal.mlflow;

import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A value of a metric.
 *
 * @param timestamp in milliseconds since the epoch
 */
public record MlflowPoint(String key, double value, long timestamp, long step) {
    /** By which a point that is sent again is known; 128 bits, so that no two points ever have the same. */
    byte[] hash() {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(name.length + 3 * Long.BYTES);
        bytes.putLong(step)
                .putLong(timestamp)
                .putLong(Double.doubleToLongBits(value))
                .put(name);
        return ContentHash.identity(bytes.array());
    }
}
