package io.synapse.sdk.docker.internal;

/** Takes what the engine writes while it builds or pulls an image. */
@FunctionalInterface
public interface Progress {
    /** Takes a piece of the output: parts of lines, or several. */
    void output(String text);
}
