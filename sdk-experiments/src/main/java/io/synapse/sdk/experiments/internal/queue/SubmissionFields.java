package io.synapse.sdk.experiments.internal.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.Json;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a submission: those of the original, of its guide ({@code config_yaml}), and of this server. One that is null
 * counts as absent. What has another type is refused with 422.
 *
 * @param body not to be changed
 */
record SubmissionFields(ObjectNode body) {
    private static final int USUAL_RETRIES = 3;
    private static final int MOST_RETRIES = 1_000;
    private static final int MOST_NAME_CHARACTERS = 200;

    /** The value of a field; null when it is absent. */
    @Nullable
    JsonNode value(String field) {
        JsonNode value = body.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private @Nullable JsonNode value(String field, Predicate<JsonNode> isRight, String type, String expected) {
        return Fields.value(body, field, isRight, type, "a valid " + expected);
    }

    /** A string; null when it is absent. */
    @Nullable
    String text(String field) {
        String text = Fields.optionalText(body, field).orElse(null);
        if (field.equals("name") && text != null && (text.isBlank() || text.length() > MOST_NAME_CHARACTERS)) {
            throw Failure.badRequest("the name of a job has 1 to " + MOST_NAME_CHARACTERS + " characters");
        }
        return text;
    }

    /** The text of the config, if it is in the request. */
    @Nullable
    String config() {
        String config = text("config");
        return config == null ? text("config_yaml") : config;
    }

    /** The uid that the caller has chosen. */
    @Nullable
    String uid() {
        return text("experiment_uid");
    }

    @Nullable
    JsonNode requirements() {
        return value("requirements");
    }

    String device() {
        String device = text("device");
        return device == null ? "any" : device;
    }

    boolean isTrue(String field) {
        return Fields.truth(body, field, false);
    }

    /** Whether it is to be one job a point of its grid. */
    boolean isExpanded() {
        boolean isExpanded = isTrue("expand");
        if (isExpanded && uid() != null) {
            throw Failure.badRequest("jobs that are expanded from a config get uids of their own");
        }
        return isExpanded;
    }

    int maxRetries() {
        JsonNode value = value(
                "max_retries",
                node -> node.isInt() && node.intValue() >= 0 && node.intValue() <= MOST_RETRIES,
                "int_type",
                "integer from 0 to " + MOST_RETRIES);
        return value == null ? USUAL_RETRIES : value.intValue();
    }

    /** What the job keeps as it was submitted. */
    ObjectNode given(boolean isInline, @Nullable Map<String, @Nullable Object> grid) {
        ObjectNode given = Json.MAPPER.createObjectNode();
        given.set("requirements", requirements());
        given.set("environment_vars", environment());
        given.set("tags", value("tags", Fields::isTexts, "list_type", "list of strings"));
        given.set("user", value("user", JsonNode::isTextual, "string_type", "string"));
        ObjectNode metadata = Json.MAPPER.createObjectNode();
        JsonNode own = value("metadata", JsonNode::isObject, "dict_type", "dictionary");
        if (own != null) {
            metadata.setAll((ObjectNode) own);
        }
        if (isInline) {
            metadata.put("device_preference", device());
            metadata.put("submitted_from", "api");
            metadata.put("original_config_inline", true);
        }
        given.set("metadata", metadata);
        if (grid != null) {
            given.set("grid", Json.MAPPER.valueToTree(grid));
        }
        return given;
    }

    private @Nullable JsonNode environment() {
        return value(
                "environment_vars",
                node -> node.isObject()
                        && node.properties().stream()
                                .allMatch(each -> each.getValue().isTextual()),
                "dict_type",
                "dictionary of strings");
    }
}
