package io.synapse.sdk;

import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import java.util.Map;

/**
 * Makes models, for tests of code that takes them:
 *
 * <pre>{@code
 * Job job = Models.of(Job.class, Map.of("submission_id", "train-7", "status", "RUNNING"));
 * }</pre>
 *
 * <p>A model is what a server describes: a record that the SDK reads from JSON. Any release may add a component to it.
 * The former constructor is not kept, so do not call a model's constructor, and do not match its components in a
 * record pattern: use this method and the accessors.
 */
public final class Models {
    private Models() {}

    /**
     * A model of these fields.
     *
     * @param type a model, for instance {@code Job.class}
     * @param fields the fields by the names that they have in JSON: the names of the components in snake case. Their
     *     values are as in JSON (text, numbers, booleans, null, maps, lists), times also {@link java.time.Instant}s,
     *     and models are allowed inside. A field that is no component, or whose value the component cannot
     *     hold, is in {@code additionalProperties()}, as when a server sends it
     * @throws BadRequestException when the fields are no model of this type
     */
    public static <T> T of(Class<T> type, Map<String, ?> fields) {
        try {
            return Json.convert(fields, type);
        } catch (UnreadableJsonException e) {
            throw BadRequestException.refused("not a " + type.getSimpleName() + ": " + e.getMessage());
        }
    }
}
