package io.synapse.sdk.docker;

import io.synapse.sdk.BadRequestException;

/**
 * The network of a workspace.
 *
 * @param name of a Docker network
 */
public record Network(String name) {
    /** None: what runs there reaches nothing, and is reached by nothing. */
    public static final Network NONE = new Network("none");

    /** Docker's own: what runs there reaches whatever the machine reaches, its other containers too. */
    public static final Network BRIDGE = new Network("bridge");

    /**
     * Checks the name.
     *
     * @throws BadRequestException when it is blank, or that of the machine's own network or of another container's
     */
    public Network {
        if (name.isBlank() || name.equals("host") || name.startsWith("container:")) {
            throw BadRequestException.refused("a workspace cannot have the network \"" + name + "\"");
        }
    }

    /** A network that was made on the engine before, for instance one with a proxy that says what may be reached. */
    public static Network named(String name) {
        return new Network(name);
    }
}
