/** An AI gateway on this machine, and the interface of the agents behind it. */
@NullMarked
package io.synapse.sdk.gateway.server;

import org.jspecify.annotations.NullMarked;
