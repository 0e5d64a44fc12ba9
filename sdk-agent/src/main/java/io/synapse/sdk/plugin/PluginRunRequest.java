package io.synapse.sdk.plugin;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.dialect.internal.Ids;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which action of a plugin release to run, and how. Immutable: each method gives a changed copy.
 *
 * @param action the name of the action; not blank
 * @param params its parameters; null to send none
 * @param requirements Python packages that it needs beside its own, as pip names them; none may be blank
 * @param jobId the id that the job is to have: letters, digits, _ and -, 100 at most; null for the agent's choice
 * @param language the language of its messages
 * @param timeout how long to wait for the answer, in all; positive, 300 s by default
 */
public record PluginRunRequest(
        String action,
        @Nullable Map<String, @Nullable Object> params,
        List<String> requirements,
        @Nullable String jobId,
        @Nullable String language,
        Duration timeout) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(300);

    /**
     * Checks all of it.
     *
     * @throws BadRequestException when the action or a requirement is blank, the job's id cannot be one, or the timeout
     *     is not positive
     */
    public PluginRunRequest {
        if (action.isBlank()) {
            throw BadRequestException.refused("the action cannot be blank");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw BadRequestException.refused("the timeout of a run must be positive, not " + timeout);
        }
        if (jobId != null) {
            Ids.check("job", jobId);
        }
        if (requirements != null && requirements.stream().anyMatch(one -> one == null || one.isBlank())) {
            throw BadRequestException.refused("a requirement of a run cannot be blank");
        }
        params = params == null ? null : Copies.of(params);
        requirements = Copies.of(requirements);
    }

    /** An action without parameters. */
    public static PluginRunRequest of(String action) {
        return new PluginRunRequest(action, null, List.of(), null, null, DEFAULT_TIMEOUT);
    }

    /** The same with these parameters. */
    public PluginRunRequest params(Map<String, @Nullable Object> values) {
        return new PluginRunRequest(action, values, requirements, jobId, language, timeout);
    }

    /** The same with these Python packages beside its own. */
    public PluginRunRequest requirements(List<String> packages) {
        return new PluginRunRequest(action, params, packages, jobId, language, timeout);
    }

    /** The same as the job of this id. */
    public PluginRunRequest jobId(String id) {
        return new PluginRunRequest(action, params, requirements, id, language, timeout);
    }

    /** The same with its messages in this language. */
    public PluginRunRequest language(String code) {
        return new PluginRunRequest(action, params, requirements, jobId, code, timeout);
    }

    /** The same, waiting so long for the answer. */
    public PluginRunRequest timeout(Duration longest) {
        return new PluginRunRequest(action, params, requirements, jobId, language, longest);
    }

    /** What is sent: only what was given. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("action", action);
        if (params != null) {
            body.put("params", params);
        }
        if (!requirements.isEmpty()) {
            body.put("requirements", requirements);
        }
        if (jobId != null) {
            body.put("job_id", jobId);
        }
        if (language != null) {
            body.put("language", language);
        }
        return body;
    }
}
