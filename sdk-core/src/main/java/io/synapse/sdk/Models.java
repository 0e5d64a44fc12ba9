package io.synapse.sdk;

import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.util.Map;

/**
 * Creates models, for tests of code that uses them:
 *
 * <pre>{@code
 * Job job = Models.of(Job.class, Map.of("submission_id", "train-7", "status", "RUNNING"));
 * }</pre>
 *
 * <p>A model is a record that the SDK reads from a server's JSON. Any release may add a component to it and change its
 * constructor. Do not call the constructor and do not use record patterns: use this method and the accessors.
 */
public final class Models {
    private Models() {}

    /**
     * A model with these fields.
     *
     * @param type a model, for instance {@code Job.class}
     * @param fields the fields by their JSON names: the component names in snake case. Values are JSON values (text,
     *     numbers, booleans, null, maps, lists), {@link java.time.Instant}s or models. A field without a component, or
     *     with a value of the wrong type, is in {@code additionalProperties()}, as when a server sends it
     * @throws BadRequestException when the fields do not form a model of this type
     */
    public static <T> T of(Class<T> type, Map<String, ?> fields) {
        try {
            return Json.convert(fields, type);
        } catch (UnreadableJsonException e) {
            throw BadRequestException.refused("not a " + type.getSimpleName() + ": " + e.getMessage());
        }
    }
}
