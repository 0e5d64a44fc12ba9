package io.synapse.sdk.workspace;

/**
 * A file as it was edited.
 *
 * @param path the absolute path, as commands see it
 * @param occurrences how many occurrences were replaced
 * @param version the version of the edited file
 */
public record EditResult(String path, int occurrences, String version) {}
