package io.synapse.sdk.docker.internal.workspace;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * One lock for each real path of a workspace, as far as this JVM is concerned; some paths share one. A thread holds one at a
 * time. Safe for use by several threads.
 */
final class PathLocks {
    private static final int NUMBER = 256;

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(NUMBER).toArray(ReentrantLock[]::new);

    /** The lock of a path. */
    ReentrantLock of(String realPath) {
        return locks[Math.floorMod(realPath.hashCode(), NUMBER)];
    }
}
