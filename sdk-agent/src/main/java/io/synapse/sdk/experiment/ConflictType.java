package io.synapse.sdk.experiment;

import io.synapse.sdk.OpenEnum;

/**
 * How the component of a worker or folder differs from that of the server (wire/experiments.md, section 7). What is
 * newer is decided by what the server knows, never by time. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record ConflictType(String value) implements OpenEnum {
    /** The server does not know the local version. */
    public static final ConflictType LOCAL_NEWER = new ConflictType("local_newer");

    /** The server knows the local version, but another one is active. */
    public static final ConflictType SERVER_NEWER = new ConflictType("server_newer");

    /** The server has no component of that path. */
    public static final ConflictType LOCAL_ONLY = new ConflictType("local_only");

    /** There is no local file of that path. */
    public static final ConflictType SERVER_ONLY = new ConflictType("server_only");

    @Override
    public String toString() {
        return value;
    }
}
