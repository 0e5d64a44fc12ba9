package io.synapse.sdk.embedded.internal.http;

import java.util.concurrent.atomic.AtomicLong;

/** What the bodies of all requests may have of the memory at once. Thread-safe. */
final class BodyMemory {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** @param most in bytes */
    BodyMemory(long most) {
        this.most = most;
    }

    /**
     * Takes memory for the next part of a body. Where there is not enough, the body is refused and what it held is released
     * in the same step: otherwise bodies that meet the limit together would all be refused for each other's sake, and none
     * be taken in.
     *
     * @param length how many bytes the part has
     * @param held how many bytes the body has already
     * @return whether there is enough
     */
    boolean take(long length, long held) {
        long before = taken.getAndUpdate(now -> now + length <= most ? now + length : now - held);
        return before + length <= most;
    }

    /** Gives memory back. */
    void release(long length) {
        taken.addAndGet(-length);
    }
}
