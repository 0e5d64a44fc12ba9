package io.synapse.sdk.ray;

import io.synapse.sdk.OpenEnum;

/**
 * Where an actor stands. An open set.
 *
 * @param value the word as the server says it
 */
public record ActorState(String value) implements OpenEnum {
    /** Waits for its arguments. */
    public static final ActorState DEPENDENCIES_UNREADY = new ActorState("DEPENDENCIES_UNREADY");

    /** Waits for resources, its environment or its process. */
    public static final ActorState PENDING_CREATION = new ActorState("PENDING_CREATION");

    /** It is there. */
    public static final ActorState ALIVE = new ActorState("ALIVE");

    /** It died and is being made again. */
    public static final ActorState RESTARTING = new ActorState("RESTARTING");

    /** It is gone. */
    public static final ActorState DEAD = new ActorState("DEAD");

    @Override
    public String toString() {
        return value;
    }
}
