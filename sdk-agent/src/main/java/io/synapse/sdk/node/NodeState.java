package io.synapse.sdk.node;

import io.synapse.sdk.OpenEnum;

/**
 * Whether a node is there. An open set.
 *
 * @param value the word as the server says it
 */
public record NodeState(String value) implements OpenEnum {
    /** It is there. */
    public static final NodeState ALIVE = new NodeState("ALIVE");

    /** It is gone. */
    public static final NodeState DEAD = new NodeState("DEAD");

    @Override
    public String toString() {
        return value;
    }
}
