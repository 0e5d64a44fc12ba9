package io.synapse.sdk.docker.internal.workspace;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * One lock for each real path of a container in this JVM, whichever of its workspaces uses it; some paths share one. A
 * thread holds one at a time. Safe for use by several threads.
 */
final class PathLocks {
    private static final int NUMBER = 1_024;
    private static final ReentrantLock[] LOCKS =
            Stream.generate(ReentrantLock::new).limit(NUMBER).toArray(ReentrantLock[]::new);

    private final String container;

    /** The locks of a container. */
    PathLocks(String container) {
        this.container = container;
    }

    /** The lock of a path. */
    ReentrantLock of(String realPath) {
        return LOCKS[Math.floorMod(Objects.hash(container, realPath), NUMBER)];
    }
}
