package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.internal.ConfigText;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration to be trained. Immutable: each setter returns a modified copy.
 *
 * <pre>{@code
 * ExperimentSubmission.ofConfig("project: demo\nlr: 0.1\n").name("baseline").priority(JobPriority.HIGH)
 * }</pre>
 *
 * <p>The original takes requirements, tags, environment variables and metadata with a stored configuration only, and
 * retries not at all: it is then refused before anything is sent, since the original would ignore them.
 */
public final class ExperimentSubmission extends ValueObject {
    private static final int MAX_KEY_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 100;
    private static final Key<@Nullable String> CONFIG = Key.of("config");
    private static final Key<@Nullable String> CONFIG_PATH = Key.of("config_path");
    private static final Key<@Nullable String> NAME = Key.of("name");
    private static final Key<@Nullable String> PROJECT = Key.of("project");
    private static final Key<JobPriority> PRIORITY = new Key<>("priority", JobPriority.NORMAL);
    private static final Key<@Nullable String> DEVICE = Key.of("device");
    private static final Key<Map<String, @Nullable Object>> REQUIREMENTS = new Key<>("requirements", Map.of());
    private static final Key<List<String>> TAGS = new Key<>("tags", List.of());
    private static final Key<Map<String, String>> ENVIRONMENT = new Key<>("environment_vars", Map.of());
    private static final Key<Map<String, @Nullable Object>> METADATA = new Key<>("metadata", Map.of());
    private static final Key<@Nullable Integer> MAX_RETRIES = Key.of("max_retries");
    private static final Key<Boolean> RETRY_ON_FAILURE = new Key<>("retry_on_failure", false);
    private static final Key<@Nullable String> KEY = Key.of("idempotencyKey");

    private ExperimentSubmission(Attributes attributes) {
        super(attributes);
    }

    /**
     * A configuration.
     *
     * @param yaml its text, read as YAML 1.1
     * @throws BadRequestException when it is blank, or its {@code project} is not a valid name (wire/experiments.md,
     *     section 9): the original would write files outside its folder
     */
    public static ExperimentSubmission ofConfig(String yaml) {
        return new ExperimentSubmission(Attributes.NONE.with(CONFIG, ConfigText.check(yaml)));
    }

    /**
     * A configuration that the server has.
     *
     * @param path its path at the server: {@code config/example.yaml}
     * @throws BadRequestException when it is not a valid path
     */
    public static ExperimentSubmission ofConfigPath(String path) {
        return new ExperimentSubmission(Attributes.NONE.with(CONFIG_PATH, ExperimentNames.checkConfigPath(path)));
    }

    /** The text of the configuration; null if it is named by its path. */
    public @Nullable String config() {
        return attributes.get(CONFIG);
    }

    /** The path of the configuration; null if its text is here. */
    public @Nullable String configPath() {
        return attributes.get(CONFIG_PATH);
    }

    /** The name of the job; null for a generated one. */
    public @Nullable String name() {
        return attributes.get(NAME);
    }

    /**
     * Sets the name of the job. It need not be unique; the original gets it with a unique end, by which the client finds
     * the job after a lost reply.
     *
     * @throws BadRequestException when it is blank or longer than 100 characters
     */
    public ExperimentSubmission name(String name) {
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
            throw BadRequestException.refused("the name of a job has from 1 to " + MAX_NAME_LENGTH + " characters");
        }
        return new ExperimentSubmission(attributes.with(NAME, name));
    }

    /** The project; null for that of the configuration. */
    public @Nullable String project() {
        return attributes.get(PROJECT);
    }

    /**
     * Sets the project. The original needs it with a stored configuration.
     *
     * @throws BadRequestException when it is not a valid name
     */
    public ExperimentSubmission project(String project) {
        return new ExperimentSubmission(attributes.with(PROJECT, ExperimentNames.check("project", project)));
    }

    /** The priority; normal by default. */
    public JobPriority priority() {
        return attributes.get(PRIORITY);
    }

    /** Sets the priority. */
    public ExperimentSubmission priority(JobPriority priority) {
        return new ExperimentSubmission(attributes.with(PRIORITY, priority));
    }

    /** The device to run on: {@code host} or {@code host:gpu}; null for any. */
    public @Nullable String device() {
        return attributes.get(DEVICE);
    }

    /** Sets the device to run on. */
    public ExperimentSubmission device(String device) {
        return new ExperimentSubmission(attributes.with(DEVICE, device));
    }

    /** What a device must have; empty for nothing. */
    public Map<String, @Nullable Object> requirements() {
        return attributes.get(REQUIREMENTS);
    }

    /**
     * Sets what a device must have, by the names of the server.
     *
     * @throws BadRequestException when it cannot be written as JSON
     */
    public ExperimentSubmission requirements(Map<String, @Nullable Object> requirements) {
        Json.write(requirements);
        return new ExperimentSubmission(attributes.with(REQUIREMENTS, requirements));
    }

    /** Tags; none by default. */
    public List<String> tags() {
        return attributes.get(TAGS);
    }

    /** Sets the tags. */
    public ExperimentSubmission tags(List<String> tags) {
        return new ExperimentSubmission(attributes.with(TAGS, tags));
    }

    /** Environment variables of the program; none by default. */
    public Map<String, String> environmentVariables() {
        return attributes.get(ENVIRONMENT);
    }

    /** Adds an environment variable. {@link #toString()} masks its value. */
    public ExperimentSubmission environmentVariable(String name, String value) {
        return new ExperimentSubmission(attributes.with(ENVIRONMENT, Copies.with(environmentVariables(), name, value)));
    }

    /** What else is to be known of the job; empty by default. */
    public Map<String, @Nullable Object> metadata() {
        return attributes.get(METADATA);
    }

    /**
     * Sets what else is to be known of the job.
     *
     * @throws BadRequestException when it cannot be written as JSON
     */
    public ExperimentSubmission metadata(Map<String, @Nullable Object> metadata) {
        Json.write(metadata);
        return new ExperimentSubmission(attributes.with(METADATA, metadata));
    }

    /**
     * Sets how often the job may be queued again after its worker was lost; 3 by default.
     *
     * @throws BadRequestException when it is negative
     */
    public ExperimentSubmission maxRetries(int retries) {
        if (retries < 0) {
            throw BadRequestException.refused("the number of retries cannot be negative: " + retries);
        }
        return new ExperimentSubmission(attributes.with(MAX_RETRIES, retries));
    }

    /** Has the job queued again after its program failed too; by default it is not. */
    public ExperimentSubmission retryOnFailure() {
        return new ExperimentSubmission(attributes.with(RETRY_ON_FAILURE, true));
    }

    /** The key that makes repetitions one job; null for a generated one. */
    public @Nullable String idempotencyKey() {
        return attributes.get(KEY);
    }

    /**
     * Sets the key that makes repetitions one job: who submits the same again with the same key, be it in another run of
     * the program, gets the first job. A server of this project keeps keys for 7 days; the original has no keys, and the
     * client looks for a job whose name ends with the hash of the key.
     *
     * @throws BadRequestException when it is not 1 to 100 visible ASCII characters
     */
    public ExperimentSubmission idempotencyKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw BadRequestException.refused("a key has from 1 to 100 visible ASCII characters");
        }
        return new ExperimentSubmission(attributes.with(KEY, key));
    }

    /** The properties that were set, by the field names of the server, without the key. */
    public Map<String, @Nullable Object> properties() {
        return attributes.without(KEY).asMap();
    }
}
