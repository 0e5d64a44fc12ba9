package io.synapse.sdk.embedded.internal.plugin;

import static io.synapse.sdk.embedded.internal.backend.Fields.require;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.internal.PrintableText;
import io.synapse.sdk.embedded.internal.ResourceId;
import io.synapse.sdk.embedded.internal.backend.Fields;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.nio.charset.StandardCharsets;
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
        Fields request = Fields.of(body, "the request");
        request.requireOnly(Stream.concat(FIELDS.stream(), others.stream()).collect(Collectors.toSet()));
        String action = text(request, "action");
        if (action == null || action.isBlank()) {
            throw new RefusedException(400, "action is missing: what is to be run?");
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

    /** A string that holds no U+0000, which nothing can take. */
    static @Nullable String text(Fields request, String field) {
        String text = request.text(field);
        require(text == null || text.indexOf('\0') < 0, field + " must be a string without U+0000");
        return text;
    }

    private static @Nullable String params(Fields request) {
        Fields params = request.object("params");
        // The same JSON with no $ in it: Ray puts variables of the node in place of their names.
        String json = params == null ? null : params.object().toString().replace("$", "\\u0024");
        require(
                json == null || json.getBytes(StandardCharsets.UTF_8).length <= MOST_PARAMS,
                "params are larger than the " + MOST_PARAMS + " bytes of JSON that an action can be given");
        return json;
    }

    private static List<String> requirements(Fields request) {
        return request.list("requirements").stream()
                .map(each -> requirement(each.strip()))
                .toList();
    }

    /** One requirement must not become two, nor an option of pip. */
    private static String requirement(String text) {
        require(
                !text.isEmpty() && !text.startsWith("-") && !text.startsWith("#") && PrintableText.isPrintable(text),
                "requirements: not a Python package: " + PrintableText.of(text));
        return text;
    }

    /** All requirements together with those of the plugin, each once. */
    List<String> requirementsBeside(List<String> ofPlugin) {
        return Stream.concat(ofPlugin.stream(), requirements.stream())
                .distinct()
                .collect(Collectors.toList());
    }
}
