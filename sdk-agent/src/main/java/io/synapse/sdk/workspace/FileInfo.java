package io.synapse.sdk.workspace;

import java.time.Instant;

/**
 * A file or folder.
 *
 * @param path its absolute path, as commands see it
 * @param kind what it is; links are not followed
 * @param size its size in bytes
 * @param modifiedAt when it was last changed
 */
public record FileInfo(String path, Kind kind, long size, Instant modifiedAt) {
    /** What a path is. */
    public enum Kind {
        /** A regular file. */
        FILE,
        /** A folder. */
        DIRECTORY,
        /** A symbolic link. */
        LINK,
        /** A pipe, a socket or a device. */
        OTHER
    }

    /** Whether it is a folder. */
    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    /** The last part of its path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
