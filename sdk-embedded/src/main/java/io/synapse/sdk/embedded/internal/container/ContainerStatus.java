package io.synapse.sdk.embedded.internal.container;

import java.util.Locale;

/** Where a container of this agent stands. */
public enum ContainerStatus {
    /** It is being made. */
    BUILDING,
    /** It is being started again, or another is being made that is to take its place. */
    RESTARTING,
    /** It runs, and its page has answered. */
    RUNNING,
    /** It was stopped by a caller of this agent. */
    STOPPED,
    /** It ended by itself, or its engine did. */
    EXITED,
    /** It could not be made, or did not start; there is no container. */
    FAILED,
    /** Somebody removed it behind the agent's back. */
    REMOVED;

    /** Whether a build is at work on it. */
    boolean isUnderWay() {
        return this == BUILDING || this == RESTARTING;
    }

    /** The word that callers see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
