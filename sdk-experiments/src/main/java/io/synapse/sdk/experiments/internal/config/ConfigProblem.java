package io.synapse.sdk.experiments.internal.config;

/**
 * What is wrong with a config, or may not be meant.
 *
 * @param path of the value, for instance {@code model.layers[2]}; empty for the whole config
 * @param line from 1
 * @param message a sentence
 */
public record ConfigProblem(String path, int line, String message) {
    @Override
    public String toString() {
        return "line " + line + (path.isEmpty() ? "" : ", " + path) + ": " + message;
    }
}
