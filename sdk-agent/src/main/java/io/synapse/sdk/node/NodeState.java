package io.synapse.sdk.node;

import io.synapse.sdk.OpenEnum;

/**
 * The state of a node. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record NodeState(String value) implements OpenEnum {
    /** The node is part of the cluster. */
    public static final NodeState ALIVE = new NodeState("ALIVE");

    /** The node has left the cluster. */
    public static final NodeState DEAD = new NodeState("DEAD");

    @Override
    public String toString() {
        return value;
    }
}
