package io.synapse.sdk.ray;

import io.synapse.sdk.OpenEnum;

/**
 * The state of an actor. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record ActorState(String value) implements OpenEnum {
    /** Waits for its arguments. */
    public static final ActorState DEPENDENCIES_UNREADY = new ActorState("DEPENDENCIES_UNREADY");

    /** Waits for resources, its environment or its process. */
    public static final ActorState PENDING_CREATION = new ActorState("PENDING_CREATION");

    /** It runs. */
    public static final ActorState ALIVE = new ActorState("ALIVE");

    /** It died and is being restarted. */
    public static final ActorState RESTARTING = new ActorState("RESTARTING");

    /** It is dead. */
    public static final ActorState DEAD = new ActorState("DEAD");

    @Override
    public String toString() {
        return value;
    }
}
