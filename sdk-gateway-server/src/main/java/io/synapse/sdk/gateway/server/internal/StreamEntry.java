package io.synapse.sdk.gateway.server.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of a stream.
 *
 * @param number its number, 1 for the first
 * @param json its fields as a JSON object in one line
 */
public record StreamEntry(long number, String json) {
    /** What an entry takes beside its text. */
    private static final int OVERHEAD = 64;

    /** Its fields. */
    public Map<String, @Nullable Object> fields() {
        try {
            return Json.fields(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of our own that cannot be read", e);
        }
    }

    /** About how many bytes it takes. */
    long size() {
        return OVERHEAD + json.length();
    }
}
