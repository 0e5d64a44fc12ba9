package io.synapse.sdk.experiments.internal.event;

import io.synapse.sdk.experiments.internal.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one event is on a stream.
 *
 * @param id its number; {@link #NO_ID} for one that is not kept
 * @param type for instance {@code queue_update}
 * @param json the document of the frame, in UTF-8 and without line ends; not to be changed
 */
public record EventFrame(long id, String type, byte[] json) {
    /** In place of a number. */
    public static final long NO_ID = -1;

    /** Whether a client can go on after it. */
    public boolean hasId() {
        return id != NO_ID;
    }

    /** The frame of an event with data. */
    static EventFrame of(long id, String type, String data, String time) {
        String json = "{\"type\":" + Json.text(type) + ",\"data\":" + data + ",\"timestamp\":\"" + time + "\"}";
        return new EventFrame(id, type, json.getBytes(StandardCharsets.UTF_8));
    }

    /** The frame of an event that is about the stream itself or answers its client, and has its fields beside the type. */
    public static EventFrame ofStream(long id, String type, Map<String, ? extends @Nullable Object> fields) {
        return new EventFrame(id, type, Json.text(fields).getBytes(StandardCharsets.UTF_8));
    }
}
