package io.synapse.sdk.workspace;

import io.synapse.sdk.BadRequestException;
import org.jspecify.annotations.Nullable;

/** What must be true of a file for it to be changed. Immutable. */
public final class WriteCondition {
    /** Nothing: the last writer wins. */
    public static final WriteCondition NONE = new WriteCondition(null, false);

    private static final WriteCondition ABSENT = new WriteCondition(null, true);

    private final @Nullable String version;
    private final boolean absent;

    private WriteCondition(@Nullable String version, boolean absent) {
        this.version = version;
        this.absent = absent;
    }

    /** There is no such file. */
    public static WriteCondition ifAbsent() {
        return ABSENT;
    }

    /**
     * The file has this version.
     *
     * @param version as {@link FileContent#version()} or another result gives it: 64 hexadecimal digits
     * @throws BadRequestException when it is not such a version
     */
    public static WriteCondition ifVersion(String version) {
        if (!version.matches("[0-9a-f]{64}")) {
            throw BadRequestException.refused("this is no version of a file: " + version);
        }
        return new WriteCondition(version, false);
    }

    /** The version that the file must have; null when any will do. */
    public @Nullable String version() {
        return version;
    }

    /** Whether there must be no such file. */
    public boolean isIfAbsent() {
        return absent;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WriteCondition that
                && absent == that.absent
                && java.util.Objects.equals(version, that.version);
    }

    @Override
    public int hashCode() {
        return java.util.Objects.hash(version, absent);
    }

    @Override
    public String toString() {
        return absent ? "if absent" : version == null ? "none" : "if version " + version;
    }
}
