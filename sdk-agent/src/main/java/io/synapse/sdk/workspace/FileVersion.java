package io.synapse.sdk.workspace;

/**
 * A file as it was written or copied.
 *
 * @param path the absolute path, as commands see it
 * @param version the SHA-256 of its bytes, in hexadecimal, for {@link WriteCondition#ifVersion}
 * @param size its size in bytes
 */
public record FileVersion(String path, String version, long size) {}
