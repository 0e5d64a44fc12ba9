package io.synapse.sdk.plugin;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Ids;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action of a plugin release to run. Immutable: each setter returns a modified copy, and throws a
 * {@link BadRequestException} when a value is out of its range.
 */
public final class PluginRunRequest extends ValueObject {
    private static final Key<String> ACTION = new Key<>("action", "");
    private static final Key<@Nullable Map<String, @Nullable Object>> PARAMS = Key.of("params");
    private static final Key<List<String>> REQUIREMENTS = new Key<>("requirements", List.of());
    private static final Key<@Nullable String> JOB_ID = Key.of("job_id");
    private static final Key<@Nullable String> LANGUAGE = Key.of("language");
    private static final Key<Duration> TIMEOUT = new Key<>("timeout", Duration.ofSeconds(300));

    private PluginRunRequest(Attributes attributes) {
        super(attributes);
        if (action().isBlank()) {
            throw BadRequestException.refused("the action cannot be blank");
        }
        if (timeout().isNegative() || timeout().isZero()) {
            throw BadRequestException.refused("the timeout of a run must be positive, not " + timeout());
        }
        if (jobId() != null) {
            Ids.check("job", jobId());
        }
        if (requirements().stream().anyMatch(one -> one == null || one.isBlank())) {
            throw BadRequestException.refused("a requirement of a run cannot be blank");
        }
    }

    /**
     * An action without parameters.
     *
     * @param action the name of the action
     * @throws BadRequestException when it is blank
     */
    public static PluginRunRequest of(String action) {
        return new PluginRunRequest(Attributes.NONE.with(ACTION, action));
    }

    /** The name of the action. */
    public String action() {
        return attributes.get(ACTION);
    }

    /** The parameters of the action; null to send none. */
    public @Nullable Map<String, @Nullable Object> params() {
        return attributes.get(PARAMS);
    }

    /** Sets all parameters. */
    public PluginRunRequest params(Map<String, @Nullable Object> params) {
        return new PluginRunRequest(attributes.with(PARAMS, params));
    }

    /** Additional Python packages; empty by default. */
    public List<String> requirements() {
        return attributes.get(REQUIREMENTS);
    }

    /** Sets the additional Python packages, by their names for pip; none may be blank. */
    public PluginRunRequest requirements(List<String> packages) {
        return new PluginRunRequest(attributes.with(REQUIREMENTS, packages));
    }

    /** The id of the job; null for the agent's choice. */
    public @Nullable String jobId() {
        return attributes.get(JOB_ID);
    }

    /** Sets the id of the job: letters, digits, _ and -, 100 characters at most. */
    public PluginRunRequest jobId(String id) {
        return new PluginRunRequest(attributes.with(JOB_ID, id));
    }

    /** The language of its messages; null for the agent's choice. */
    public @Nullable String language() {
        return attributes.get(LANGUAGE);
    }

    /** Sets the language of its messages. */
    public PluginRunRequest language(String code) {
        return new PluginRunRequest(attributes.with(LANGUAGE, code));
    }

    /** The total time limit of the call; 300 s by default. */
    public Duration timeout() {
        return attributes.get(TIMEOUT);
    }

    /** Sets the total time limit of the call; positive. */
    public PluginRunRequest timeout(Duration timeout) {
        return new PluginRunRequest(attributes.with(TIMEOUT, timeout));
    }

    /** The request body: only the properties that were set. */
    Map<String, @Nullable Object> body() {
        return attributes.without(TIMEOUT).asMap();
    }
}
