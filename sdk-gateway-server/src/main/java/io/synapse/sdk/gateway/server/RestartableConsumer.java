package io.synapse.sdk.gateway.server;

import java.util.function.Consumer;

/**
 * Takes the pieces of a text that may begin anew, for a caller who has allowed that: what a {@link GatewayAgent} is given
 * as {@code pieces} then. An agent whose text broke off may generate another one, after it has said so here, so that parts
 * of two texts are never joined. To a consumer of another type, an agent gives the pieces of one text only.
 */
public interface RestartableConsumer extends Consumer<String> {
    /** The next piece is the first of another text; those before belong to none. */
    void restarted();
}
