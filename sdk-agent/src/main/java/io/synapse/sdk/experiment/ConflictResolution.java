package io.synapse.sdk.experiment;

import io.synapse.sdk.OpenEnum;

/**
 * What to do about a conflict of components. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record ConflictResolution(String value) implements OpenEnum {
    /** Upload the local version and activate it. */
    public static final ConflictResolution USE_LOCAL = new ConflictResolution("use_local");

    /** Use the active version of the server; the local one is kept as a version first. */
    public static final ConflictResolution USE_SERVER = new ConflictResolution("use_server");

    /** Leave both as they are. */
    public static final ConflictResolution SKIP = new ConflictResolution("skip");

    @Override
    public String toString() {
        return value;
    }
}
