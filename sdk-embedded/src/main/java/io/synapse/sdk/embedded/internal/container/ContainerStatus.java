package io.synapse.sdk.embedded.internal.container;

import java.util.Locale;

/** Where a container of this agent stands. */
public enum ContainerStatus {
    /** It is being made, or started again. */
    BUILDING,
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

    /** The word that callers see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
