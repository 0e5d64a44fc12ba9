package io.synapse.sdk.workspace;

import java.nio.file.Path;

/**
 * All files of a workspace as a tar file of this machine.
 *
 * @param file where it is
 * @param size its size in bytes
 */
public record Snapshot(Path file, long size) {}
