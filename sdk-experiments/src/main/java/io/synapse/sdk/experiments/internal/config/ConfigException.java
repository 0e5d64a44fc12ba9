package io.synapse.sdk.experiments.internal.config;

import io.synapse.sdk.experiments.internal.Failure;
import java.util.List;
import java.util.stream.Collectors;

/** A text that is no config of an experiment. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;

    ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    ConfigException(String path, int line, String message) {
        this(List.of(new ConfigProblem(path, line, message)));
    }

    /** What is wrong; at least one. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** As a caller is told who sent it: 400. */
    public Failure failure() {
        return Failure.badRequest("the config cannot be used: " + getMessage());
    }
}
