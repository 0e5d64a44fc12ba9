package io.synapse.sdk.embedded.internal.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.ResourceId;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which action of a plugin to run, and how (wire/agent.md, section 4).
 *
 * @param action its name
 * @param params for the action, as JSON; null for none
 * @param requirements Python packages that it needs beside those of the plugin
 * @param jobId the id that the job is to have; null for one of the agent's choice
 * @param language of the action's messages; null for none in particular
 */
record ActionRequest(
        String action,
        @Nullable String params,
        List<String> requirements,
        @Nullable String jobId,
        @Nullable String language) {
    private static final Set<String> FIELDS = Set.of("action", "params", "requirements", "job_id", "language");

    /**
     * Linux gives no process an argument or a variable of more than 128 KiB, and Ray hands all variables over as one
     * argument of JSON, in which text may become three times as long. A job with more would wait there for ever.
     */
    private static final int MOST_PARAMS = 40_000;

    /**
     * Reads a request.
     *
     * @param others fields that it may have beside, for somebody else to read
     * @throws RefusedException with status 400, saying which field is wrong and why
     */
    static ActionRequest parse(JsonNode body, Set<String> others) {
        if (!(body instanceof ObjectNode request)) {
            throw refused("the request must be a JSON object");
        }
        request.fieldNames()
                .forEachRemaining(
                        name -> require(FIELDS.contains(name) || others.contains(name), "unknown field " + name));
        String action = text(request, "action");
        if (action == null || action.isBlank()) {
            throw refused("action is missing: what is to be run?");
        }
        String jobId = text(request, "job_id");
        require(
                jobId == null || ResourceId.isValid(jobId),
                "job_id must consist of letters, digits, _ and -, at most 100 of them");
        String language = text(request, "language");
        require(
                language == null || language.matches("[A-Za-z0-9_-]{1,100}"),
                "language must be a code such as en or zh-Hans");
        return new ActionRequest(action, params(request), requirements(request), jobId, language);
    }

    /** A field that must be a string where it is there, and holds no U+0000, which nothing can take. */
    static @Nullable String text(ObjectNode request, String field) {
        JsonNode value = present(request, field);
        if (value == null) {
            return null;
        }
        require(value.isTextual() && value.textValue().indexOf('\0') < 0, field + " must be a string without U+0000");
        return value.textValue();
    }

    /** A field that must be an object where it is there. */
    static @Nullable ObjectNode object(ObjectNode request, String field) {
        JsonNode value = present(request, field);
        require(value == null || value.isObject(), field + " must be an object");
        return (ObjectNode) value;
    }

    private static @Nullable String params(ObjectNode request) {
        ObjectNode params = object(request, "params");
        // The same JSON with no $ in it: Ray puts variables of the node in place of their names.
        String json = params == null ? null : params.toString().replace("$", "\\u0024");
        require(
                json == null || json.getBytes(StandardCharsets.UTF_8).length <= MOST_PARAMS,
                "params are larger than the " + MOST_PARAMS + " bytes of JSON that an action can be given");
        return json;
    }

    private static List<String> requirements(ObjectNode request) {
        JsonNode value = present(request, "requirements");
        List<String> requirements = new ArrayList<>();
        if (value != null) {
            require(value.isArray(), "requirements must be a list of strings");
            value.forEach(each -> {
                require(each.isTextual() && !each.textValue().isBlank(), "requirements must be a list of strings");
                requirements.add(requirement(each.textValue().strip()));
            });
        }
        return requirements;
    }

    /** One requirement must not become two, nor an option of pip. */
    private static String requirement(String text) {
        require(
                !text.startsWith("-") && !text.startsWith("#") && text.chars().noneMatch(Character::isISOControl),
                "requirements: not a Python package: " + FileTable.printable(text));
        return text;
    }

    /** All requirements together with those of the plugin, each once. */
    List<String> requirementsBeside(List<String> ofPlugin) {
        return Stream.concat(ofPlugin.stream(), requirements.stream())
                .distinct()
                .collect(Collectors.toList());
    }

    private static @Nullable JsonNode present(ObjectNode request, String field) {
        JsonNode value = request.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw refused(otherwise);
        }
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException(400, sentence);
    }
}
