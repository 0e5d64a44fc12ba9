package io.synapse.sdk.docker.internal;

import java.util.List;

/**
 * A program to execute in a container that runs.
 *
 * @param command the program and its arguments
 * @param user whose rights it has: {@code uid:gid}
 * @param environment variables beside those of the container, each as {@code NAME=value}
 * @param isInteractive whether it reads what is written to it; else its standard input is empty
 */
public record ExecSpec(List<String> command, String user, List<String> environment, boolean isInteractive) {}
