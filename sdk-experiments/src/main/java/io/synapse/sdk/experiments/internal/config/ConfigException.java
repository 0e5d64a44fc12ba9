package io.synapse.sdk.experiments.internal.config;

import io.synapse.sdk.experiments.internal.Failure;

/** A text that is no config of an experiment. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ConfigProblem problem;
    private final boolean isLimit;

    private ConfigException(ConfigProblem problem, boolean isLimit) {
        super(problem.toString());
        this.problem = problem;
        this.isLimit = isLimit;
    }

    ConfigException(String path, int line, String message) {
        this(new ConfigProblem(path, line, message), false);
    }

    /** For a config that is larger than a server takes. */
    static ConfigException tooLarge(String path, int line, String message) {
        return new ConfigException(new ConfigProblem(path, line, message), true);
    }

    /** Whether it is larger than a server takes. */
    public boolean isTooLarge() {
        return isLimit;
    }

    /** What is wrong, and where. */
    public ConfigProblem problem() {
        return problem;
    }

    /** As a caller is told who sent it: 400. */
    public Failure failure() {
        return Failure.badRequest("the config cannot be used: " + getMessage());
    }
}
